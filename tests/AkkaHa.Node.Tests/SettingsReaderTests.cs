using AkkaHa.Core.Model;
using AkkaHa.Devices.Fencing.Sbd;
using AkkaHa.Node.Settings;
using Hocon;

namespace AkkaHa.Node.Tests;

public sealed class SettingsReaderTests : IDisposable
{
    private const string Good = """
        akkaha {
          node = pve1
          data-directory = /var/lib/akkaha
          nodes {
            pve1 { address = "10.0.0.1:4400" }
            pve2 { address = "10.0.0.2:4400", votes = 1 }
            pve3 { address = "10.0.0.3:4401", votes = 0 }
          }
          fencing {
            devices {
              bmc1 { type = ipmi, host = "10.0.1.1", user = admin, password-file = /etc/akkaha/bmc1, timeout = 7s }
              script { type = exec, command = ["/usr/local/bin/power", "-v"], proves-off = on }
            }
            nodes { pve1 = [[bmc1], [bmc1, script]] }
          }
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("akkaha-settings").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_complete_file_is_read_with_the_defaults_for_the_rest()
    {
        var settings = Read(Good);

        Assert.Equal(new NodeName("pve1"), settings.Node);
        Assert.Equal(["pve1", "pve2"], settings.Voters.Select(v => v.Value));
        Assert.Equal(4401, settings.Nodes[new NodeName("pve3")].Port);
        Assert.Equal(TimeSpan.FromSeconds(2), settings.Timing.StableAfter);
        Assert.Equal(1024, settings.GuestMemoryMib);
        Assert.Equal("qemu", settings.Hypervisor.Type);
        Assert.Equal([["bmc1"], ["bmc1", "script"]], settings.FenceLevels[new NodeName("pve1")].Select(l => l.ToArray()));
        Assert.True(Assert.IsType<FenceDeviceSettings.Exec>(settings.FenceDevices["script"]).Settings.ProvesOff);
        Assert.Equal(TimeSpan.FromSeconds(7), Assert.IsType<FenceDeviceSettings.Ipmi>(settings.FenceDevices["bmc1"]).Settings.Timing.Deadline);
    }

    [Fact]
    public void The_resolver_is_vote_majority_and_what_is_to_be_known_of_another_one_is_told()
    {
        Assert.Equal(QuorumSettings.VoteMajority, Read(Good).Quorum.Resolver);
        Assert.Null(Read(Good).Quorum.Warning);
        foreach (var strategy in QuorumSettings.RuntimeStrategies)
        {
            var quorum = Read($"{Good}\nakkaha.quorum {{ resolver = {strategy}, lease-class = \"Some.Lease, Some\" }}").Quorum;
            Assert.StartsWith($"akkaha.quorum.resolver is {strategy}:", quorum.Warning, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_arbiter_votes_and_is_told_apart()
    {
        var settings = Read(Good.Replace("votes = 0", "role = arbiter", StringComparison.Ordinal));

        Assert.Equal(["pve1", "pve2", "pve3"], settings.Voters.Select(v => v.Value));
        Assert.Equal(["pve3"], settings.Arbiters.Select(v => v.Value));
    }

    [Fact]
    public void Nodes_with_a_second_address_have_two_links_and_migrations_a_network_of_their_own()
    {
        Assert.Null(Read(Good).Network.Links(Read(Good).Self, Read(Good).Nodes.Values));
        Assert.Equal("10.0.0.1", Read(Good).Network.MigrationHost(Read(Good).Self));

        var settings = Read(Good
            .Replace("\"10.0.0.1:4400\"", "\"10.0.0.1:4400\", second-address = \"10.0.1.1\"", StringComparison.Ordinal)
            .Replace("\"10.0.0.2:4400\"", "\"10.0.0.2:4400\", second-address = \"10.0.1.2\"", StringComparison.Ordinal) + "\nakkaha.network.migration = \"127.0.0.0/8\"");
        var links = settings.Network.Links(settings.Self, settings.Nodes.Values)!;

        Assert.Equal(("10.0.0.1", "10.0.1.1"), (links.Self.First.ToString(), links.Self.Second.ToString()));
        var peer = Assert.Single(links.Peers);
        Assert.Equal(("pve2", "10.0.0.2", "10.0.1.2"), (peer.Key.Value, peer.Value.First.ToString(), peer.Value.Second.ToString()));
        Assert.StartsWith("127.", settings.Network.MigrationHost(settings.Self), StringComparison.Ordinal);
        var nowhere = settings.Network with { Migration = "203.0.113.0/24" };
        Assert.Contains("no interface of this host has an address there", Assert.Throws<InvalidOperationException>(() => nowhere.MigrationHost(settings.Self)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_configuration_is_right()
    {
        var settings = SettingsReader.ReadFile(Path.Combine(Root(), "config", "node.conf"));

        Assert.Equal(3, settings.Voters.Count);
    }

    [Theory]
    [InlineData("fast.conf", 2.5, 10)]
    [InlineData("patient.conf", 11, 20)]
    public void A_set_of_times_that_comes_with_it_fits_a_node_that_includes_it(string file, double decidedSeconds, double leaseSeconds)
    {
        File.Copy(Path.Combine(Root(), "config", file), Path.Combine(_folder, file));

        var settings = Read($"include \"{file}\"\n{Good}\nakkaha.watchdog.device = /dev/watchdog");

        var timing = settings.Timing;
        Assert.Equal(decidedSeconds, (timing.HeartbeatInterval + timing.AcceptablePause + timing.StableAfter).TotalSeconds);
        Assert.Equal(leaseSeconds, settings.Lease.NodeTtl.TotalSeconds);
    }

    [Theory]
    [InlineData("node = pve1", "node = pve9", "akkaha.node is pve9, which is none of the nodes under akkaha.nodes (pve1, pve2, pve3)")]
    [InlineData("data-directory = /var/lib/akkaha", "", "akkaha.data-directory is missing; expected a text")]
    [InlineData("10.0.0.1:4400", "10.0.0.1", "akkaha.nodes.pve1.address is '10.0.0.1'; expected HOST:PORT with a port from 1 to 65535")]
    [InlineData("10.0.0.1:4400", "10.0.0.2:4400", "gives pve1 and pve2 the same address 10.0.0.2:4400")]
    [InlineData("votes = 1", "votes = 0, role = arbiter", "akkaha.nodes.pve2.votes is 0, but the node is an arbiter, which is there to vote")]
    [InlineData("votes = 1", "role = judge", "akkaha.nodes.pve2.role is 'judge'; expected node or arbiter")]
    [InlineData("fencing {", "quorum.resolver = keep-calm\nfencing {", "akkaha.quorum.resolver is 'keep-calm'; expected vote-majority or static-quorum")]
    [InlineData("fencing {", "quorum.resolver = lease-majority\nfencing {", "akkaha.quorum.lease-class must not be empty")]
    [InlineData("votes = 1", "votes = 2", "akkaha.nodes.pve2.votes is 2; expected a whole number from 0 to 1")]
    [InlineData("[[bmc1], [bmc1, script]]", "[[bmc7]]", "names the device 'bmc7', which is not under akkaha.fencing.devices")]
    [InlineData("nodes { pve1 = [[", "nodes { pve8 = [[", "akkaha.fencing.nodes.pve8 names a node that is not under akkaha.nodes")]
    [InlineData("type = ipmi", "type = ipmy", "akkaha.fencing.devices.bmc1.type is 'ipmy'; expected ipmi or agent or sbd or ssh or exec or manual")]
    [InlineData("\"10.0.0.1:4400\"", "\"10.0.0.1:4400\", second-address = somewhere", "akkaha.nodes.pve1.second-address is 'somewhere'; expected an address on the second link")]
    [InlineData("\"10.0.0.1:4400\"", "\"pve1:4400\", second-address = \"10.0.1.1\"", "akkaha.nodes.pve1.address is the name 'pve1'; with a second-address it must be an address")]
    [InlineData("\"10.0.0.1:4400\"", "\"10.0.0.1:4400\", second-address = \"10.0.0.1\"", "akkaha.nodes.pve1.second-address is 10.0.0.1; expected another address")]
    [InlineData("fencing {", "network.migration = fast\nfencing {", "akkaha.network.migration is 'fast'; expected cluster, an address of this node, or a network such as 10.0.2.0/24")]
    [InlineData("fencing {", "network.cluster.link-timeout = 3s\nfencing {", "akkaha.network.cluster.link-timeout is not shorter than akkaha.timing.acceptable-pause")]
    [InlineData("timeout = 7s", "timeout = soon", "akkaha.fencing.devices.bmc1.timeout is wrong; expected a duration such as 500ms or 2s")]
    public void What_is_wrong_is_told_with_the_file_the_key_and_what_was_expected(string right, string wrong, string message)
    {
        var error = Assert.Throws<SettingsException>(() => Read(Good.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.StartsWith(Path.Combine(_folder, "node.conf"), error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_fence_device_is_read()
    {
        var settings = Read(Good + """

            akkaha.fencing {
              devices {
                pdu { type = agent, agent = fence_apc_snmp, parameters { ip = "10.0.1.9", snmp_version = 1 }, secret-files { password = /etc/akkaha/pdu }, plugs { pve2 = "4" }, call-timeout = 9s }
                poison { type = sbd, disks = [/dev/sdx, /dev/sdy, /dev/sdz], command = reset, io-timeout = 2s }
                shell { type = ssh, key-file = /etc/akkaha/key, hosts { pve1 = "10.0.0.1" } }
                staff { type = manual }
              }
              nodes { pve2 = [[pdu], [poison, shell], [staff]] }
            }
            """);

        var agent = Assert.IsType<FenceDeviceSettings.Agent>(settings.FenceDevices["pdu"]).Settings;
        Assert.Equal(("fence_apc_snmp", "1", "/etc/akkaha/pdu", "4"), (agent.Agent, agent.Parameters["snmp_version"], agent.SecretFiles["password"], agent.Plugs[new NodeName("pve2")]));
        Assert.Equal(TimeSpan.FromSeconds(9), agent.Timing.CallTimeout);
        var sbd = Assert.IsType<FenceDeviceSettings.Sbd>(settings.FenceDevices["poison"]).Settings;
        Assert.Equal((SbdCommand.Reset, 2, new NodeName("pve1")), (sbd.FenceCommand, sbd.Majority, sbd.Self));
        Assert.Equal("10.0.0.1", Assert.IsType<FenceDeviceSettings.Ssh>(settings.FenceDevices["shell"]).Settings.Hosts[new NodeName("pve1")]);
        Assert.IsType<FenceDeviceSettings.Manual>(settings.FenceDevices["staff"]);
    }

    [Fact]
    public void Guests_can_be_run_by_own_commands_or_an_OCF_agent()
    {
        var exec = Read(Good + "\nakkaha.hypervisor { type = exec, exec.command = [/usr/local/bin/guest, -v] }").Hypervisor;
        var ocf = Read(Good + "\nakkaha.hypervisor { type = ocf, ocf { agent = /a/VirtualDomain, parameters { config = \"/etc/{name}.xml\" } } }").Hypervisor;

        Assert.Equal(["/usr/local/bin/guest", "-v"], exec.Command);
        Assert.Equal(("/a/VirtualDomain", "/etc/{name}.xml"), (ocf.Command[0], ocf.Parameters["config"]));
        Assert.Contains("akkaha.hypervisor.exec.command is empty", Assert.Throws<SettingsException>(
            () => Read(Good + "\nakkaha.hypervisor.type = exec")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pdu { type = agent, agent = fence_x, parameters { password = hush } }", "devices.pdu.parameters.password is a secret; write it into a file of mode 0600 and name that under secret-files.password")]
    [InlineData("pdu { type = agent, agent = fence_x, plugs { pve9 = 1 } }", "devices.pdu.plugs.pve9 names a node that is not under akkaha.nodes")]
    [InlineData("poison { type = sbd, disks = [] }", "devices.poison.disks gives 0 disks; expected 1 to 7 different ones")]
    [InlineData("poison { type = sbd, disks = [/dev/sdx, /dev/sdx] }", "devices.poison.disks gives 2 disks; expected 1 to 7 different ones")]
    [InlineData("shell { type = ssh }", "devices.shell.key-file is missing; expected a text")]
    [InlineData("own { type = exec, command = [] }", "devices.own.command is empty; expected a program and its arguments")]
    [InlineData("own { type = exec, command = [a], proves-off = on, has-status = off }", "devices.own.proves-off is on, but has-status is off")]
    public void A_fence_device_that_cannot_work_is_refused(string device, string message) =>
        Assert.Contains(message, Assert.Throws<SettingsException>(() => Read($"{Good}\nakkaha.fencing.devices {{ {device} }}")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_no_HOCON_is_told_with_line_and_column()
    {
        var error = Assert.Throws<SettingsException>(() => Read("akkaha {\n  node = pve1\n  nodes = [1, 2\n"));

        Assert.Contains(Path.Combine(_folder, "node.conf"), error.Message, StringComparison.Ordinal);
        Assert.Matches("line|:\\d+:\\d+", error.Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told_by_its_name()
    {
        var error = Assert.Throws<SettingsException>(() => SettingsReader.ReadFile("/nowhere/node.conf"));

        Assert.Contains("/nowhere/node.conf", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("timing.authority-ttl = 5s", "akkaha.timing.authority-ttl is 5 s; it is longer than heartbeat-interval + acceptable-pause = 2.5 s")]
    [InlineData("timing.acceptable-pause = 900ms\nakkaha.network.cluster.link-timeout = 500ms", "akkaha.timing.acceptable-pause is 0.9 s; expected at least 2 · heartbeat-interval = 1 s")]
    [InlineData("timing.stable-after = 700ms", "akkaha.timing.stable-after is 0.7 s; expected at least 0.8 s, which 3 nodes with a gossip-interval of 0.2 s need")]
    [InlineData("timing { stable-after = 300ms, gossip-interval = 50ms }", "akkaha.timing.stable-after is 0.3 s; expected at least 0.4 s")]
    [InlineData("timing.stable-after = 1s", "akkaha.timing.freeze-tolerance is 2 s; heartbeat-interval + acceptable-pause + stable-after = 3.5 s, expected at least freeze-tolerance + 2 s = 4 s")]
    [InlineData("timing.quorum-timeout = 4s", "akkaha.timing.quorum-timeout is 4 s; expected more than heartbeat-interval + acceptable-pause + stable-after = 4.5 s")]
    [InlineData("lease.node-ttl = 6s", "akkaha.lease.node-ttl does not fit: node-ttl is 6 s; expected at least 3 · renew + round-timeout = 7 s")]
    [InlineData("lease { renew = 500ms, round-timeout = 500ms, node-ttl = 2500ms }", "akkaha.lease.node-ttl is 2.5 s; expected at least timing.freeze-tolerance + renew + round-timeout = 3 s")]
    [InlineData("watchdog { device = /dev/watchdog, timeout = 2s }", "akkaha.watchdog.timeout is 2 s and it is fed every 0.4 s; expected at least timing.freeze-tolerance = 2 s after a feeding")]
    public void Times_that_do_not_fit_together_are_refused_with_the_keys_and_both_values(string setting, string message) =>
        Assert.Contains(message, Assert.Throws<SettingsException>(() => Read($"{Good}\nakkaha.{setting}")).Message, StringComparison.Ordinal);

    [Fact]
    public void Times_are_compared_with_the_size_of_the_cluster()
    {
        var many = string.Join('\n', Enumerable.Range(10, 54).Select(n => FormattableString.Invariant($"akkaha.nodes.n{n} {{ address = \"10.0.1.{n}:4400\", votes = 0 }}")));

        Assert.Contains("which 57 nodes with a gossip-interval of 0.3 s need", Assert.Throws<SettingsException>(
            () => Read($"{Good}\n{many}\nakkaha.timing.gossip-interval = 300ms")).Message, StringComparison.Ordinal);
        Assert.Equal(57, Read($"{Good}\n{many}").Nodes.Count);
    }

    [Fact]
    public void What_all_nodes_must_have_alike_is_told_with_both_values()
    {
        var own = SharedSettings.Of(Read(Good));
        var other = SharedSettings.Of(Read($"{Good}\nakkaha {{ lease.node-ttl = 12s, watchdog {{ device = /dev/watchdog, timeout = 9s }}, nodes.pve3.votes = 1 }}"));
        var pve2 = new NodeName("pve2");

        Assert.Equal(["akkaha.lease.node-ttl is 10 s here and 12 s on pve2", "akkaha.nodes (votes) is pve1 pve2 here and pve1 pve2 pve3 on pve2"], own.DifferencesTo(other, pve2, hasGenesis: false));
        Assert.Equal(["akkaha.lease.node-ttl is 10 s here and 12 s on pve2"], own.DifferencesTo(other, pve2, hasGenesis: true));
        Assert.Empty(own.DifferencesTo(Core.Quorum.Agreement.None, pve2, hasGenesis: false));
    }

    [Fact]
    public void Storages_are_shared_as_their_type_says_or_as_is_said_and_may_be_those_of_some_nodes()
    {
        var settings = Read(Good + """

            akkaha.storage {
              nfs-vm { type = nfs, path = /mnt/vm }
              gfs2 { type = dir, path = /srv/gfs2/vm, shared = on, mount-point = /srv/gfs2, nodes = [pve2, pve3] }
              scratch { type = local, path = /srv/scratch }
            }
            akkaha.storage-probe.fail-after = 30s
            """);

        Assert.Equal([("gfs2", true), ("nfs-vm", true), ("scratch", false)], settings.Storages.Values.Select(s => (s.Definition.Name, s.Definition.IsShared)));
        Assert.Equal(("/mnt/vm", "/srv/gfs2", null), (
            settings.Storages["nfs-vm"].Definition.MountPoint, settings.Storages["gfs2"].Definition.MountPoint, settings.Storages["scratch"].Definition.MountPoint));
        Assert.False(settings.Storages["gfs2"].IsOn(settings.Node));
        Assert.Equal((TimeSpan.FromSeconds(30), 2), (settings.StorageProbing.FailAfter, settings.StorageProbing.Fall));
    }

    [Theory]
    [InlineData("s { type = nfs, path = /mnt/vm, shared = off }", "storage.s.shared does not fit the type: The storage 's' is of type nfs, which is always shared")]
    [InlineData("s { type = floppy, path = /a }", "storage.s.type is 'floppy'; expected rbd or nfs")]
    [InlineData("s { type = dir, path = disks }", "expected a path from the root on")]
    [InlineData("s { type = dir, path = /a, nodes = [pve9] }", "names pve9, which is none of the nodes under akkaha.nodes (pve1, pve2, pve3)")]
    public void A_storage_that_cannot_be_is_refused(string storage, string reason) =>
        Assert.Contains(reason, Assert.Throws<SettingsException>(() => Read($"{Good}\nakkaha.storage {{ {storage} }}")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_defaults_are_whole_for_a_config_that_is_parsed_already() =>
        Assert.Equal(TimeSpan.FromSeconds(10), SettingsReader.Read(HoconConfigurationFactory.ParseString(Good), "test").Timing.RejoinGrace);

    private NodeSettings Read(string text)
    {
        var path = Path.Combine(_folder, "node.conf");
        File.WriteAllText(path, text);
        return SettingsReader.ReadFile(path);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AkkaHa.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the repository's root was not found");
        return folder;
    }
}
