using System.Globalization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Sql;
using AkkaHa.Cluster.StateLog;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;
using AkkaHa.Devices.Host;
using AkkaHa.Protocol;

namespace AkkaHa.Node.State;

/// <summary>What a file with a node's state log holds.</summary>
/// <param name="Replica">The replica, as it would be found at the next start.</param>
/// <param name="State">The committed state.</param>
public sealed record StateContent(Replica Replica, ClusterState State)
{
    /// <summary>A few lines for people.</summary>
    public string Describe() => string.Create(CultureInfo.InvariantCulture, $"""
        replica {Replica.Id}, started {Replica.StartCounter} times, promised {Replica.PromisedEpoch}
        cluster {State.ClusterId}, {Replica.Configuration?.Describe() ?? "no voters"}
        entries {Replica.Log.FirstIndex} to {Replica.Log.LastIndex}, committed up to {Replica.CommitIndex}
        {State.Describe()}
        """);
}

/// <summary>Copies a node's state log to a file and back, and checks one. The journal is SQLite; it may be in use while it is copied.</summary>
public static class StateStore
{
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromMinutes(2);

    /// <summary>The journal in a data directory.</summary>
    public static string JournalIn(string dataDirectory) => Path.Combine(dataDirectory, "journal.db");

    /// <summary>Copies the journal of a node, running or not, and checks the copy.</summary>
    /// <exception cref="StateException">There is no journal, the file is there already, or the copy is damaged.</exception>
    public static async Task<StateContent> BackUp(string dataDirectory, string file, NodeName node)
    {
        StateFile.CopyToNew(JournalIn(dataDirectory), file);
        return await Verify(file, node).ConfigureAwait(false);
    }

    /// <summary>Reads a journal from its first event to the last, as a start of the node would; it may be in use.</summary>
    /// <exception cref="StateException">It is damaged, or no journal of a state log.</exception>
    public static Task<StateContent> Verify(string file, NodeName node) => StateFile.ReadCopyAsync(file, copy => Read(copy, file, node));

    /// <summary>Puts a backup in the place of the journal of a node that is stopped; what was there is kept beside it.</summary>
    /// <returns>What it holds, and where the old journal is; null if there was none.</returns>
    /// <exception cref="StateException">The backup is no state log, or damaged.</exception>
    public static async Task<(StateContent Content, string? Kept)> Restore(string file, string dataDirectory, NodeName node, DateTimeOffset now)
    {
        using var daemonLock = DaemonLock.Take(dataDirectory);
        var content = await Verify(file, node).ConfigureAwait(false);
        var journal = JournalIn(dataDirectory);
        var kept = StateFile.PutAside(journal, string.Create(CultureInfo.InvariantCulture, $".before-{now:yyyyMMdd-HHmmss}"));
        StateFile.Copy(file, journal);
        return (content, kept);
    }

    private static async Task<StateContent> Read(string copy, string file, NodeName node)
    {
        var config = ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = OFF
              stdout-loglevel = OFF
              coordinated-shutdown { exit-clr = off, run-by-clr-shutdown-hook = off }
            }
            """)
            .WithFallback(AkkaConfiguration.Persistence(copy))
            .WithFallback(ConfigurationFactory.ParseString(AkkaHaSerializer.Configuration))
            .WithFallback(SqlPersistence.DefaultConfiguration);
        using var system = ActorSystem.Create("akkaha-state", config);
        try
        {
            var reader = system.ActorOf(Props.Create(() => new Asking(node)));
            var read = await reader.Ask<ReadReplica>(Asking.Begin.Instance, ReadTimeout).ConfigureAwait(false);
            if (read.Replica is not { } replica)
                throw new StateException($"{file} is damaged: {read.Error}");
            if (replica.Id == Guid.Empty)
                throw new StateException($"{file} holds no state log.");
            return new StateContent(replica, Committed(replica));
        }
        finally
        {
            await system.Terminate().ConfigureAwait(false);
        }
    }

    private static ClusterState Committed(Replica replica)
    {
        var state = replica.Log.Snapshot?.State as ClusterState ?? ClusterState.Empty;
        while (state.AppliedIndex < replica.CommitIndex)
            state = ClusterStateMachine.Apply(state, replica.Log[state.AppliedIndex + 1]).State;
        return state;
    }

    /// <summary>Asks a reader on behalf of one who is no actor.</summary>
    private sealed class Asking : ReceiveActor
    {
        public Asking(NodeName node) => Receive<Begin>(_ =>
        {
            var asker = Sender;
            Context.ActorOf(Props.Create(() => new ReplicaReader(node, LogSettings.Default, asker)));
        });

        public sealed record Begin : INoSerializationVerificationNeeded
        {
            public static Begin Instance { get; } = new();
        }
    }
}
