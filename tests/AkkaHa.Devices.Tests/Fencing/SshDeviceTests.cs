using System.Net;
using System.Net.Sockets;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Fencing;
using AkkaHa.Devices.Fencing.Ssh;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Tests.Fencing;

public sealed class SshDeviceTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private ChildProcess _sshd = null!;
    private int _port;

    public async Task InitializeAsync()
    {
        foreach (var key in new[] { "host", "user", "stranger" })
            await Real.RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", _folder[key]);
        File.Copy(_folder["user.pub"], _folder["authorized"]);
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            _port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        _folder.Write("known_hosts", $"[127.0.0.1]:{_port} {File.ReadAllText(_folder["host.pub"])}");
        _folder.Write("sshd_config", $"""
            Port {_port}
            ListenAddress 127.0.0.1
            HostKey {_folder["host"]}
            AuthorizedKeysFile {_folder["authorized"]}
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            PidFile none

            """);
        Directory.CreateDirectory("/run/sshd");
        _sshd = ChildProcess.Start(new ChildOptions(ToolPath.Require("sshd"), ["-D", "-e", "-f", _folder["sshd_config"]]) { Error = ChildStream.AppendTo(_folder["sshd.log"]) });
        await Real.EventuallyAsync(() => Device().StatusAsync(Real.Pve1), reading => reading.State == PowerState.On, "sshd's first answer");
    }

    public Task DisposeAsync()
    {
        _sshd.KillTree();
        _sshd.Dispose();
        _folder.Dispose();
        return Task.CompletedTask;
    }

    private SshDevice Device(Func<SshSettings, SshSettings>? change = null)
    {
        var settings = new SshSettings("ssh1", _folder["user"])
        {
            Port = _port,
            Hosts = new Dictionary<NodeName, string> { [Real.Pve1] = "127.0.0.1" },
            KnownHostsFile = _folder["known_hosts"],
            OffCommand = $"touch {_folder["was-told"]}",
            Timing = new FenceTiming { CallTimeout = TimeSpan.FromSeconds(5) },
        };
        return new SshDevice(change is null ? settings : change(settings), Real.Tools, Real.Time);
    }

    [Fact]
    public async Task A_node_that_is_told_to_switch_itself_off_is_only_claimed_off()
    {
        Assert.Empty(await Device().CheckAsync([Real.Pve1]));
        var off = await Device().OffAsync(Real.Pve1);
        Assert.True(off is { Verdict: FenceVerdict.Claimed, IsProof: false }, off.Detail);
        Assert.True(File.Exists(_folder["was-told"]));
        Assert.False(Device().ProvesOff);
    }

    [Fact]
    public async Task A_node_that_does_not_answer_is_unknown_and_never_off()
    {
        _sshd.KillTree();
        await _sshd.Process.Exited;
        Assert.Equal(PowerState.Unknown, (await Device().StatusAsync(Real.Pve1)).State);
        var off = await Device().OffAsync(Real.Pve1);
        Assert.Equal(FenceVerdict.Failed, off.Verdict);
        Assert.Contains("It may still run", off.Detail);
    }

    [Fact]
    public async Task A_key_that_is_not_accepted_and_a_host_that_is_not_known_are_refused()
    {
        var key = await Device(settings => settings with { KeyFile = _folder["stranger"] }).OffAsync(Real.Pve1);
        Assert.Contains("Permission denied", key.Detail);
        var unknown = _folder.Write("nobody", "");
        var host = await Device(settings => settings with { KnownHostsFile = unknown }).OffAsync(Real.Pve1);
        Assert.Contains("Host key verification failed", host.Detail);
        Assert.False(File.Exists(_folder["was-told"]));
    }

    [Fact]
    public async Task A_command_that_hangs_costs_bounded_time()
    {
        var off = await Device(settings => settings with { OffCommand = "sleep 1000", Timing = new FenceTiming { CallTimeout = TimeSpan.FromSeconds(1) } }).OffAsync(Real.Pve1);
        Assert.Equal(FenceVerdict.Failed, off.Verdict);
        Assert.Contains("no answer within 1 s", off.Detail);
    }

    [Fact]
    public async Task A_key_that_others_can_read_is_named_before_it_is_needed()
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder["user"], UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("chmod 600", Assert.Single(await Device().CheckAsync([Real.Pve1])));
    }
}
