using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Sql;
using AkkaHa.Cluster;
using AkkaHa.Cluster.StateLog;
using AkkaHa.Core.Leases;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.StateLog;
using AkkaHa.Devices.Fencing;
using AkkaHa.Devices.Host;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Devices.SelfFence;
using AkkaHa.Node.State;
using AkkaHa.Protocol;
using Microsoft.Data.Sqlite;

namespace AkkaHa.Node.Tests.State;

public sealed class TornJournalTests : IDisposable
{
    private static readonly NodeName _self = new("pve1");
    private static readonly Epoch _epoch = new(1, new NodeName("pve2"), 1);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("akkaha-torn").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_journal_that_was_cut_at_any_byte_of_its_tail_recovers_to_a_prefix_of_what_was_written()
    {
        // Two states of the disk: what stands in the file for sure, and the log of later writes, which a power cut may cut anywhere.
        var (file, header) = await Write(entries: 12);
        var wal = await File.ReadAllBytesAsync(file + "-wal.kept");
        Assert.True(wal.Length > 10_000, $"the write-ahead log has {wal.Length} bytes only");
        var chance = new Random(3);
        var cuts = Enumerable.Range(0, 14).Select(_ => chance.Next(wal.Length)).Append(0).Append(wal.Length).Order();
        var last = -2L;
        foreach (var cut in cuts)
        {
            var torn = Path.Combine(_folder, $"torn-{cut}.db");
            File.Copy(file + ".kept", torn);
            await File.WriteAllBytesAsync(torn + "-wal", wal[..cut]);
            var content = await VerifyOrEmpty(torn);
            var index = content?.Replica.Log.LastIndex ?? -2;

            Assert.True(index >= last, $"cut at {cut}: the log ends at {index}, and at {last} when it was cut earlier");
            last = index;
            if (content is not null)
            {
                Assert.Equal(header.Replica, content.Replica.Id);
                Assert.All(content.Replica.Log.Entries, e => Assert.Equal(e.Index == 0 ? "Genesis {pve1}" : "NoOp", e.Command.Describe()));
            }
        }

        Assert.Equal(12, last);
    }

    [Fact]
    public async Task A_backup_of_a_running_replica_holds_what_it_acknowledged_and_can_be_restored()
    {
        var (file, header) = await Write(entries: 5);
        var data = Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName;
        File.Copy(file, StateStore.JournalIn(data));
        var backup = Path.Combine(_folder, "backup.db");

        var saved = await StateStore.BackUp(data, backup, _self);
        Assert.Equal((header.Replica, 5L), (saved.Replica.Id, saved.Replica.Log.LastIndex));
        await Assert.ThrowsAsync<StateException>(() => StateStore.BackUp(data, backup, _self));
        var (restored, kept) = await StateStore.Restore(backup, data, _self, DateTimeOffset.UnixEpoch);
        Assert.Equal(saved.Describe(), restored.Describe());
        Assert.Equal(StateStore.JournalIn(data) + ".before-19700101-000000", kept);
        Assert.Equal(saved.Describe(), (await StateStore.Verify(StateStore.JournalIn(data), _self)).Describe());
    }

    [Fact]
    public async Task What_is_no_journal_or_is_damaged_is_told()
    {
        var nothing = Path.Combine(_folder, "nothing.db");
        Assert.Contains("is not there", (await Assert.ThrowsAsync<StateException>(() => StateStore.Verify(nothing, _self))).Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(nothing, new string('x', 10_000));
        Assert.Contains("cannot be read as a journal", (await Assert.ThrowsAsync<StateException>(() => StateStore.Verify(nothing, _self))).Message, StringComparison.Ordinal);
        var (file, _) = await Write(entries: 5);
        var data = Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName;
        File.Copy(file, StateStore.JournalIn(data));
        // A backup has no write-ahead log beside it that could make up for what is cut off.
        var backup = Path.Combine(_folder, "backup.db");
        await StateStore.BackUp(data, backup, _self);
        var bytes = await File.ReadAllBytesAsync(backup);
        await File.WriteAllBytesAsync(backup, bytes[..(bytes.Length / 2)]);
        await Assert.ThrowsAsync<StateException>(() => StateStore.Verify(backup, _self));
    }

    private async Task<StateContent?> VerifyOrEmpty(string file)
    {
        try
        {
            return await StateStore.Verify(file, _self);
        }
        catch (StateException e) when (e.Message.Contains("holds no state log", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>Runs a real replica on a real file. Beside the file lie copies of it and of its write-ahead log, taken while the replica still ran.</summary>
    private async Task<(string File, ReplyHeader Header)> Write(int entries)
    {
        var file = Path.Combine(_folder, $"journal-{entries}.db");
        var config = ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF, coordinated-shutdown { exit-clr = off, run-by-clr-shutdown-hook = off } }")
            .WithFallback(AkkaConfiguration.Persistence(file))
            .WithFallback(ConfigurationFactory.ParseString(AkkaHaSerializer.Configuration))
            .WithFallback(SqlPersistence.DefaultConfiguration);
        using var system = ActorSystem.Create("torn", config);
        var node = Context();
        var replica = system.ActorOf(Props.Create(() => new ReplicaActor(node, ActorRefs.Nobody)));
        var promise = await replica.Ask<Promise>(new Prepare(new RequestHeader(_epoch.Node, _epoch, ConfigurationVersion.None, null)), _patience);
        var voter = new Voter(_self, promise.Header.Replica, promise.Header.StartCounter);
        var header = new RequestHeader(_epoch.Node, _epoch, new ConfigurationVersion(1, 0), voter);
        for (var index = 0; index <= entries; index++)
        {
            LogCommand command = index == 0 ? new Genesis(Guid.NewGuid(), ImmutableSortedDictionary<NodeName, Voter>.Empty.Add(_self, voter)) : new NoOp();
            var append = new Append(
                header, index - 1, index == 0 ? Epoch.None : _epoch, [new LogEntry(index, _epoch, command)], index, 1, ImmutableSortedDictionary<NodeName, Acknowledgement>.Empty);
            Assert.Equal(index, (await replica.Ask<Appended>(append, _patience)).MatchIndex);
        }

        File.Copy(file, file + ".kept");
        File.Copy(file + "-wal", file + "-wal.kept");
        await system.Terminate();
        SqliteConnection.ClearAllPools();
        return (file, promise.Header);
    }

    private static NodeContext Context()
    {
        var boot = new Boot(_self, new BootId("boot"));
        var vmHost = new VmHost(new NoHypervisor(_self), TimeProvider.System);
        return new NodeContext
        {
            Self = _self,
            Nodes = ImmutableSortedDictionary<NodeName, Address>.Empty.Add(_self, new Address("akka.tcp", "akkaha", "127.0.0.1", 4400)),
            Voters = [_self],
            NewSession = () => new Session(boot, 1),
            Identity = "machine",
            MemoryMib = 1,
            VmHost = vmHost,
            LeaseGuard = new LeaseGuard(boot, LeaseTerms.None, vmHost, new LeaseFile(Path.GetTempPath()), null, HostClock.BootTime, TimeProvider.System, _ => { }),
            BootTime = HostClock.BootTime,
            Hypervisor = "none",
            FenceLevels = ImmutableSortedDictionary<NodeName, ImmutableList<ImmutableList<IFenceDevice>>>.Empty,
            NewUuid = Guid.NewGuid,
            NewReign = () => 1,
        };
    }
}
