using AkkaHa.Core.Model;
using AkkaHa.Devices.Canary;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Devices.Hypervisors.Qemu;

namespace AkkaHa.Devices.Tests.Hypervisors;

public sealed class QemuMigrationTests : IAsyncLifetime
{
    private static readonly ResourceId Id = ResourceId.Vm(101);
    private static readonly MigrationLimits Limits = new() { Timeout = Real.Patience };

    // Slow enough for a test to step in while memory is copied.
    private static readonly MigrationLimits Crawl = Limits with { BandwidthBytes = 65536 };

    private readonly TempFolder _folder = new();
    private readonly List<QemuHypervisor> _nodes = [];

    public Task InitializeAsync()
    {
        CanaryDisk.Create(_folder["d.raw"]);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.KillAsync(Id);
            await node.DisposeAsync();
        }
        _folder.Dispose();
    }

    private VmDefinition Definition => new(Id, Guid.Parse("6a3ff6a5-6f0a-4e4c-b9c1-0d1c3d6e0101"), [new VmDisk(_folder["d.raw"]) { Bus = DiskBus.Ide }]) { MemoryMib = 16 };

    private QemuHypervisor Node(string name, string? tls = null)
    {
        _nodes.Add(new QemuHypervisor(QemuHypervisorTests.Settings(_folder[name], name) with { MigrationTlsFolder = tls }, Real.Tools, Real.Time));
        return _nodes[^1];
    }

    private async Task StartAsync(QemuHypervisor node)
    {
        Assert.Equal(StartVerdict.Started, (await node.SpawnPausedAsync(Definition, Real.Token(1))).Verdict);
        Assert.True((await node.ContinueAsync(Id)).Runs);
        await WritesAsync();
    }

    private async Task WritesAsync()
    {
        var now = CanaryDisk.Read(_folder["d.raw"]).State?.Counter ?? 0;
        await Real.EventuallyAsync(() => CanaryDisk.Read(_folder["d.raw"]).State?.Counter ?? 0, counter => counter > now + 1, "the guest's writing");
    }

    private static async Task<string> PrepareAsync(QemuHypervisor node, VmDefinition definition, string listen)
    {
        var incoming = await node.PrepareIncomingAsync(definition, Real.Token(2), listen);
        Assert.True(incoming.Address is not null, incoming.Outcome.Detail);
        return incoming.Address;
    }

    private void AssertOneWriterAllTheTime(uint boots)
    {
        var state = CanaryDisk.Read(_folder["d.raw"]).State!;
        Assert.Equal((0u, boots), (state.Conflicts, state.Boots));
    }

    [Theory]
    [InlineData("tcp:127.0.0.1:0")]
    [InlineData("unix:")]
    public async Task A_guest_moves_without_a_restart_or_a_second_writer(string listen)
    {
        var (source, target) = (Node("pve1"), Node("pve2"));
        await StartAsync(source);
        var address = await PrepareAsync(target, Definition, listen == "unix:" ? "unix:" + _folder["migration"] : listen);
        Assert.Equal(RunState.Incoming, Assert.Single(await target.ListAsync()).State);

        var progress = new List<MigrationProgress>();
        var copied = await source.CopyToSwitchOverAsync(Id, address, Limits, progress.Add);
        Assert.True(copied.Stage == MigrationStage.AtSwitchOver, copied.Detail);
        Assert.True(progress[^1].TransferredBytes > 0);
        Assert.Equal(MigrationStage.AtSwitchOver, (await source.MigrationAsync(Id)).Stage);

        var completed = await source.CompleteAsync(Id);
        Assert.True(completed.Stage == MigrationStage.Completed, completed.Detail);
        var counter = CanaryDisk.Read(_folder["d.raw"]).State!.Counter;
        Assert.True((await target.ContinueAsync(Id)).Runs);
        await WritesAsync();
        Assert.True(CanaryDisk.Read(_folder["d.raw"]).State!.Counter > counter);
        AssertOneWriterAllTheTime(boots: 1);

        // The shell of the source holds nothing and cannot take the disk back while the other runs.
        Assert.Equal(RunState.Stopped, Assert.Single(await source.ListAsync()).State);
        Assert.Equal(StartVerdict.Failed, (await source.ContinueAsync(Id)).Verdict);
        await WritesAsync();
        AssertOneWriterAllTheTime(boots: 1);
    }

    [Fact]
    public async Task A_source_whose_guest_moved_away_says_so_when_its_shell_ends()
    {
        var (source, target) = (Node("pve1"), Node("pve2"));
        await StartAsync(source);
        var exits = new TaskCompletionSource<GuestExit>();
        source.Watch(exit => exits.TrySetResult(exit));
        var address = await PrepareAsync(target, Definition, "tcp:127.0.0.1:0");
        await source.CopyToSwitchOverAsync(Id, address, Limits, _ => { });
        await source.CompleteAsync(Id);
        await source.KillAsync(Id);
        Assert.Equal(GuestExitReason.MigratedAway, (await exits.Task.WaitAsync(Real.Patience)).Reason);
    }

    [Fact]
    public async Task A_destination_that_dies_while_memory_is_copied_leaves_the_guest_running_at_the_source()
    {
        var (source, target) = (Node("pve1"), Node("pve2"));
        await StartAsync(source);
        var address = await PrepareAsync(target, Definition, "tcp:127.0.0.1:0");
        var copying = source.CopyToSwitchOverAsync(Id, address, Crawl, _ => { });
        await Real.EventuallyAsync(() => source.MigrationAsync(Id), outcome => outcome.Stage == MigrationStage.Copying, "the copying");
        await target.KillAsync(Id);
        var failed = await copying.WaitAsync(Real.Patience);
        Assert.True(failed.Stage == MigrationStage.Failed, failed.Detail);
        Assert.Contains("It runs on here", failed.Detail);
        await WritesAsync();
        AssertOneWriterAllTheTime(boots: 1);
    }

    [Fact]
    public async Task A_destination_that_dies_at_the_switch_over_leaves_the_guest_running_at_the_source()
    {
        var (source, target) = (Node("pve1"), Node("pve2"));
        await StartAsync(source);
        var address = await PrepareAsync(target, Definition, "tcp:127.0.0.1:0");
        Assert.Equal(MigrationStage.AtSwitchOver, (await source.CopyToSwitchOverAsync(Id, address, Limits, _ => { })).Stage);
        await target.KillAsync(Id);
        var outcome = await source.CompleteAsync(Id);
        Assert.True(outcome.Stage is MigrationStage.Failed or MigrationStage.Completed, outcome.Detail);
        if (outcome.Stage == MigrationStage.Completed)
        {
            // Everything was in the socket's buffer before the death: the source's copy is whole and may be continued by a new decision.
            Assert.True((await source.ContinueAsync(Id)).Runs);
        }
        await WritesAsync();
        AssertOneWriterAllTheTime(boots: 1);
    }

    [Fact]
    public async Task A_source_that_dies_while_memory_is_copied_takes_the_destination_with_it()
    {
        var (source, target) = (Node("pve1"), Node("pve2"));
        await StartAsync(source);
        var address = await PrepareAsync(target, Definition, "tcp:127.0.0.1:0");
        var copying = source.CopyToSwitchOverAsync(Id, address, Crawl, _ => { });
        await Real.EventuallyAsync(() => source.MigrationAsync(Id), outcome => outcome.Stage == MigrationStage.Copying, "the copying");
        await source.KillAsync(Id);
        Assert.Equal(MigrationStage.Unknown, (await copying.WaitAsync(Real.Patience)).Stage);
        await Real.EventuallyAsync(() => target.ListAsync(), guests => guests.Count == 0, "the destination's end");
        await StartAsync(target);
        AssertOneWriterAllTheTime(boots: 2);
    }

    [Fact]
    public async Task A_migration_that_is_cancelled_or_too_slow_leaves_the_guest_running_at_the_source()
    {
        var (source, target) = (Node("pve1"), Node("pve2"));
        await StartAsync(source);
        var address = await PrepareAsync(target, Definition, "tcp:127.0.0.1:0");
        var slow = await source.CopyToSwitchOverAsync(Id, address, Crawl with { Timeout = TimeSpan.FromMilliseconds(500) }, _ => { });
        Assert.True(slow.Stage == MigrationStage.Failed, slow.Detail);
        Assert.Contains("did not reach the switch-over within 0.5 s", slow.Detail);
        await target.KillAsync(Id);

        address = await PrepareAsync(target, Definition, "tcp:127.0.0.1:0");
        Assert.Equal(MigrationStage.AtSwitchOver, (await source.CopyToSwitchOverAsync(Id, address, Limits, _ => { })).Stage);
        var cancelled = await source.CancelMigrationAsync(Id);
        Assert.True(cancelled.Stage == MigrationStage.Failed, cancelled.Detail);
        await WritesAsync();
        AssertOneWriterAllTheTime(boots: 1);
    }

    [Fact]
    public async Task A_destination_that_nobody_listens_at_is_told()
    {
        var source = Node("pve1");
        await StartAsync(source);
        var outcome = await source.CopyToSwitchOverAsync(Id, "unix:" + _folder["nobody"], Limits, _ => { });
        Assert.True(outcome.Stage == MigrationStage.Failed, outcome.Detail);
        await WritesAsync();
    }

    [Fact]
    public async Task A_restarted_daemon_sees_where_a_migration_stands_and_completes_it()
    {
        var (source, target) = (Node("pve1"), Node("pve2"));
        await StartAsync(source);
        var address = await PrepareAsync(target, Definition, "tcp:127.0.0.1:0");
        Assert.Equal(MigrationStage.AtSwitchOver, (await source.CopyToSwitchOverAsync(Id, address, Limits, _ => { })).Stage);
        await source.DisposeAsync();
        var later = Node("pve1");
        Assert.Equal(MigrationStage.AtSwitchOver, (await later.MigrationAsync(Id)).Stage);
        Assert.Equal(MigrationStage.Completed, (await later.CompleteAsync(Id)).Stage);
        Assert.True((await target.ContinueAsync(Id)).Runs);
        await WritesAsync();
        AssertOneWriterAllTheTime(boots: 1);
    }

    [Fact]
    public async Task A_guest_moves_back_and_forth_encrypted_between_nodes_that_know_each_other()
    {
        var tls = await CertificatesAsync();
        var (one, two) = (Node("pve1", tls), Node("pve2", tls));
        await StartAsync(one);
        foreach (var (source, target) in new[] { (one, two), (two, one) })
        {
            var address = await PrepareAsync(target, Definition, "tcp:127.0.0.1:0");
            var copied = await source.CopyToSwitchOverAsync(Id, address, Limits, _ => { });
            Assert.True(copied.Stage == MigrationStage.AtSwitchOver, copied.Detail);
            Assert.Equal(MigrationStage.Completed, (await source.CompleteAsync(Id)).Stage);
            Assert.True((await target.ContinueAsync(Id)).Runs);
            await source.KillAsync(Id);
            await WritesAsync();
        }
        AssertOneWriterAllTheTime(boots: 1);

        var stranger = Node("pve3");
        var open = await PrepareAsync(stranger, Definition, "tcp:127.0.0.1:0");
        var refused = await one.CopyToSwitchOverAsync(Id, open, Limits, _ => { });
        Assert.True(refused.Stage == MigrationStage.Failed, refused.Detail);
        await WritesAsync();
    }

    [Fact]
    public async Task A_gate_that_closes_lets_no_guest_arrive()
    {
        var (source, target) = (Node("pve1"), Node("pve2"));
        await StartAsync(source);
        await using var host = new VmHost(target, Real.Time);
        Assert.Equal(StartVerdict.GateClosed, (await host.PrepareIncomingAsync(Definition, Real.Token(2), "tcp:127.0.0.1:0")).Outcome.Verdict);
        host.OpenGate(TimeSpan.MaxValue);
        var incoming = await host.PrepareIncomingAsync(Definition, Real.Token(2), "tcp:127.0.0.1:0");
        Assert.Equal(MigrationStage.AtSwitchOver, (await source.CopyToSwitchOverAsync(Id, incoming.Address!, Limits, _ => { })).Stage);
        var closing = host.CloseGateAsync("lease ended", Real.Patience);
        Assert.Equal(StartVerdict.GateClosed, (await host.ContinueIncomingAsync(Definition, Real.Token(3))).Verdict);
        Assert.True((await closing).AllDead);
    }

    [Fact]
    public async Task Whoever_is_killed_at_whatever_moment_of_a_migration_the_guest_runs_on_one_node_at_the_end()
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable("AKKAHA_MIGRATION_ROUNDS") ?? "12");
        var chance = new Random(20260102);
        var (here, there) = (Node("pve1"), Node("pve2"));
        await StartAsync(here);
        for (var round = 0; round < rounds; round++)
        {
            var victim = chance.Next(4) switch { 0 => here, 1 => there, _ => null };
            var moment = TimeSpan.FromMilliseconds(chance.Next(250));
            // Half of the rounds die slowly enough for the moment to fall into the copying.
            var limits = chance.Next(2) == 0 ? Limits : Limits with { BandwidthBytes = 4 * 1024 * 1024 };
            var killing = victim is null ? Task.CompletedTask : KillLaterAsync(victim, moment);
            if (await MigrateAsync(here, there, limits))
                (here, there) = (there, here);
            await killing;
            if ((await here.ListAsync()).Count == 0)
                await StartAsync(here);
            await WritesAsync();
            Assert.Equal(0u, CanaryDisk.Read(_folder["d.raw"]).State!.Conflicts);
            Assert.Empty(await there.ListAsync());
        }

        static async Task KillLaterAsync(QemuHypervisor node, TimeSpan moment)
        {
            await Task.Delay(moment, Real.Time);
            await node.KillAsync(Id);
        }
    }

    // What a CRM does, with every answer certain: true if the guest runs at the target.
    private async Task<bool> MigrateAsync(QemuHypervisor source, QemuHypervisor target, MigrationLimits limits)
    {
        var incoming = await target.PrepareIncomingAsync(Definition, Real.Token(2), "tcp:127.0.0.1:0");
        var stage = incoming.Address is null ? MigrationStage.None : (await source.CopyToSwitchOverAsync(Id, incoming.Address, limits, _ => { })).Stage;
        if (stage == MigrationStage.AtSwitchOver)
            stage = (await source.CompleteAsync(Id)).Stage;
        if (stage == MigrationStage.Completed && (await target.ContinueAsync(Id)).Runs)
        {
            await source.KillAsync(Id);
            return true;
        }
        // Only when it is certain that nothing runs there may the source's copy go on.
        Assert.True((await target.KillAsync(Id)).IsGone);
        if (stage == MigrationStage.Completed)
            await source.ContinueAsync(Id);
        return false;
    }

    private async Task<string> CertificatesAsync()
    {
        var tls = _folder["tls"];
        Directory.CreateDirectory(tls);
        await Real.RunAsync("openssl", "genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", "group:ffdhe2048", "-out", $"{tls}/dh-params.pem");
        await Real.RunAsync("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=lab CA",
            "-keyout", $"{tls}/ca-key.pem", "-out", $"{tls}/ca-cert.pem");
        foreach (var (role, usage) in new[] { ("server", "serverAuth"), ("client", "clientAuth") })
        {
            await Real.RunAsync("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", "-keyout", $"{tls}/{role}-key.pem", "-out", $"{tls}/{role}.csr");
            File.WriteAllText($"{tls}/{role}.ext", $"subjectAltName=IP:127.0.0.1\nextendedKeyUsage={usage}\nkeyUsage=digitalSignature,keyEncipherment\n");
            await Real.RunAsync("openssl", "x509", "-req", "-days", "2", "-in", $"{tls}/{role}.csr", "-CA", $"{tls}/ca-cert.pem", "-CAkey", $"{tls}/ca-key.pem",
                "-CAcreateserial", "-extfile", $"{tls}/{role}.ext", "-out", $"{tls}/{role}-cert.pem");
        }
        return tls;
    }
}
