using AkkaHa.Core.Model;
using AkkaHa.Devices.Fencing;
using AkkaHa.Devices.Fencing.Agents;
using AkkaHa.Devices.Machines;
using AkkaHa.Devices.Processes;
using AkkaHa.Devices.Tests.Machines;

namespace AkkaHa.Devices.Tests.Fencing;

public sealed class AgentDeviceTests
{
    private static readonly FenceTiming Patient = new() { Deadline = TimeSpan.FromSeconds(40), CallTimeout = TimeSpan.FromSeconds(25) };

    private static AgentDevice Ipmilan(LabPower lab, FenceTiming? timing = null, string? passwordFile = null)
    {
        var parameters = new Dictionary<string, string>
        {
            ["ip"] = "127.0.0.1",
            ["ipport"] = lab.Bmc.Port.ToString(),
            ["username"] = "admin",
            ["lanplus"] = "1",
            ["cipher"] = "3",
            ["power_wait"] = "0",
            ["power_timeout"] = "4",
        };
        return new AgentDevice(
            new AgentSettings("bmc", "fence_ipmilan", parameters)
            {
                SecretFiles = new Dictionary<string, string> { ["password"] = passwordFile ?? lab.Bmc.PasswordFile },
                Timing = timing ?? Patient,
            }, Real.Tools, Real.Time);
    }

    [Fact]
    public async Task fence_ipmilan_switches_a_machine_off_and_on()
    {
        await using var lab = await LabPower.StartAsync();
        var device = Ipmilan(lab);
        Assert.Empty(await device.CheckAsync([Real.Pve1]));
        Assert.Equal(PowerState.On, (await device.StatusAsync(Real.Pve1)).State);
        var off = await device.OffAsync(Real.Pve1);
        Assert.True(off.IsProof, off.Detail);
        Assert.Equal(PowerState.Off, await lab.Machine.StatusAsync());
        Assert.True((await device.OnAsync(Real.Pve1)).IsVerified);
        Assert.Equal(PowerState.On, await lab.Machine.StatusAsync());
    }

    [Fact]
    public async Task fence_ipmilan_against_a_BMC_that_lies_is_no_proof()
    {
        await using var lab = await LabPower.StartAsync();
        lab.Bmc.SetFault(BmcFault.Lies);
        var off = await Ipmilan(lab, Patient with { Retries = 0 }).OffAsync(Real.Pve1);
        Assert.True(off is { Verdict: FenceVerdict.Failed, IsProof: false }, off.Detail);
        Assert.Contains("pve1", off.Detail);
    }

    [Fact]
    public async Task fence_ipmilan_against_a_hanging_BMC_is_killed_in_time()
    {
        await using var lab = await LabPower.StartAsync();
        lab.Bmc.SetFault(BmcFault.Hangs);
        var off = await Ipmilan(lab, new FenceTiming { Deadline = TimeSpan.FromSeconds(3), CallTimeout = TimeSpan.FromSeconds(2), Retries = 0 }).OffAsync(Real.Pve1);
        Assert.Equal(FenceVerdict.Failed, off.Verdict);
        Assert.True(off.Elapsed < TimeSpan.FromSeconds(15));
        Assert.Contains("did not end within 2 s and was killed", off.Detail);
        lab.Bmc.SetFault(BmcFault.None);
    }

    [Fact]
    public async Task A_wrong_password_fails_with_the_agents_own_words_and_without_the_secret()
    {
        await using var lab = await LabPower.StartAsync();
        var wrong = lab.Folder.Write("wrong", "wr0ng-word\n");
        var reading = await Ipmilan(lab, passwordFile: wrong).StatusAsync(Real.Pve1);
        Assert.Equal(PowerState.Unknown, reading.State);
        Assert.Contains("Failed:", reading.Detail);
        Assert.DoesNotContain("wr0ng-word", reading.Detail);
    }

    [Fact]
    public async Task Unknown_and_missing_parameters_are_named_from_the_agents_metadata()
    {
        var device = new AgentDevice(
            new AgentSettings("pdu-a", "fence_apc_snmp", new Dictionary<string, string> { ["adress"] = "10.0.0.1" }), Real.Tools, Real.Time);
        var problems = await device.CheckAsync([Real.Pve1]);
        Assert.Contains(problems, problem => problem.Contains("pdu-a") && problem.Contains("no parameter 'adress'"));
        Assert.Contains(problems, problem => problem.Contains("requires the parameter 'ip'"));
        Assert.Contains(problems, problem => problem.Contains("no plug is configured for pve1"));
    }

    [Fact]
    public async Task A_missing_agent_is_named_with_its_package()
    {
        var device = new AgentDevice(new AgentSettings("x", "fence_nothing", new Dictionary<string, string>()), Real.Tools, Real.Time);
        Assert.Contains("apt-get install fence-agents", Assert.Single(await device.CheckAsync([Real.Pve1])));
        Assert.Equal(FenceVerdict.Failed, (await device.OffAsync(Real.Pve1)).Verdict);
    }

    [Fact]
    public void Agents_that_do_not_read_power_prove_nothing_unless_told_so()
    {
        AgentDevice Of(string agent, bool? proves = null) =>
            new(new AgentSettings("d", agent, new Dictionary<string, string>()) { ProvesOff = proves }, Real.Tools, Real.Time);
        Assert.False(Of("fence_scsi").ProvesOff);
        Assert.False(Of("/usr/sbin/fence_dummy").ProvesOff);
        Assert.True(Of("fence_scsi", true).ProvesOff);
        Assert.True(Of("fence_idrac").ProvesOff);
        Assert.False(Of("fence_idrac", false).ProvesOff);
    }

    [Fact]
    public async Task fence_apc_snmp_switches_an_outlet_and_a_stuck_one_is_no_proof()
    {
        using var folder = new TempFolder();
        var pdu = await StartPduAsync(folder);
        try
        {
            var parameters = new Dictionary<string, string> { ["ip"] = "127.0.0.1", ["ipport"] = pdu.Port.ToString(), ["power_timeout"] = "3" };
            var device = new AgentDevice(
                new AgentSettings("pdu-a", "fence_apc_snmp", parameters)
                {
                    SecretFiles = new Dictionary<string, string> { ["community"] = folder.Write("community", "pr1vate\n") },
                    Plugs = new Dictionary<NodeName, string> { [Real.Pve1] = "3", [new NodeName("pve2")] = "4" },
                    Timing = Patient with { Retries = 0 },
                }, Real.Tools, Real.Time);
            Assert.Empty(await device.CheckAsync([Real.Pve1]));
            await Real.EventuallyAsync(() => device.StatusAsync(Real.Pve1), reading => reading.State == PowerState.On, "the PDU's first answer");

            var off = await device.OffAsync(Real.Pve1);
            Assert.True(off.IsProof, off.Detail);
            Assert.Equal("2", File.ReadAllText(folder["outlets/3"]));
            Assert.False(File.Exists(folder["outlets/4"]));
            Assert.True((await device.OnAsync(Real.Pve1)).IsVerified);

            File.WriteAllText(folder["outlets/stuck-4"], "");
            var stuck = await device.OffAsync(new NodeName("pve2"));
            Assert.True(stuck is { Verdict: FenceVerdict.Failed, IsProof: false }, stuck.Detail);
            Assert.DoesNotContain("pr1vate", stuck.Detail);
        }
        finally
        {
            pdu.Process.KillTree();
            pdu.Process.Dispose();
        }
    }

    private static Task<(ChildProcess Process, int Port)> StartPduAsync(TempFolder folder)
    {
        var port = LabPower.FreeUdpPort();
        Directory.CreateDirectory(folder["outlets"]);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Assets/pdu.py"), folder["pdu.py"]);
        folder.Write("snmpd.conf", $"""
            agentaddress udp:127.0.0.1:{port}
            rwcommunity pr1vate 127.0.0.1
            sysobjectid .1.3.6.1.4.1.318.1.3.4.5
            pass_persist .1.3.6.1.4.1.318.1.1.12 {folder.Script("pdu", $"exec /usr/bin/python3 -u {folder["pdu.py"]} {folder["outlets"]}")}

            """);
        var process = ChildProcess.Start(new ChildOptions("snmpd", ["-f", "-Lo", "-C", "-c", folder["snmpd.conf"]])
        {
            Output = ChildStream.AppendTo(folder["snmpd.log"]),
            Error = ChildStream.AppendTo(folder["snmpd.log"]),
            Environment = new Dictionary<string, string?> { ["SNMP_PERSISTENT_DIR"] = folder["snmp"] },
        });
        return Task.FromResult((process, port));
    }
}
