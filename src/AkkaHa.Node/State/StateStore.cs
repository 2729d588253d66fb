using System.Globalization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Sql;
using AkkaHa.Cluster.StateLog;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;
using AkkaHa.Devices.Host;
using AkkaHa.Protocol;
using Microsoft.Data.Sqlite;

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

/// <summary>A file with a node's state log is damaged, or is none.</summary>
public sealed class StateException(string message) : Exception(message);

/// <summary>Copies a node's state log to a file and back, and checks one. The journal is SQLite; it may be in use while it is copied.</summary>
public static class StateStore
{
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromMinutes(2);

    /// <summary>The journal in a data directory.</summary>
    public static string JournalIn(string dataDirectory) => Path.Combine(dataDirectory, "journal.db");

    /// <summary>Copies the journal of a node, running or not, and checks the copy.</summary>
    /// <exception cref="StateException">There is no journal, or the copy is damaged.</exception>
    public static async Task<StateContent> BackUp(string dataDirectory, string file, NodeName node)
    {
        if (File.Exists(file))
            throw new StateException($"{file} exists already; give another name, or remove it.");
        Copy(JournalIn(dataDirectory), file);
        return await Verify(file, node).ConfigureAwait(false);
    }

    /// <summary>Reads a journal from its first event to the last, as a start of the node would.</summary>
    /// <exception cref="StateException">It is damaged, or no journal of a state log.</exception>
    public static async Task<StateContent> Verify(string file, NodeName node)
    {
        // The reader opens what it reads for writing, and a running node's journal is not to be touched.
        var folder = Directory.CreateTempSubdirectory("akkaha-state").FullName;
        try
        {
            var copy = Path.Combine(folder, "journal.db");
            Copy(file, copy);
            return await Read(copy, file, node).ConfigureAwait(false);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Puts a backup in the place of the journal of a node that is stopped; what was there is kept beside it.</summary>
    /// <returns>What it holds, and where the old journal is; null if there was none.</returns>
    /// <exception cref="StateException">The backup is damaged.</exception>
    public static async Task<(StateContent Content, string? Kept)> Restore(string file, string dataDirectory, NodeName node, DateTimeOffset now)
    {
        using var daemonLock = DaemonLock.Take(dataDirectory);
        var content = await Verify(file, node).ConfigureAwait(false);
        var journal = JournalIn(dataDirectory);
        string? kept = null;
        if (File.Exists(journal))
        {
            kept = string.Create(CultureInfo.InvariantCulture, $"{journal}.before-{now:yyyyMMdd-HHmmss}");
            foreach (var part in new[] { "", "-wal", "-shm" }.Where(part => File.Exists(journal + part)))
                File.Move(journal + part, kept + part);
        }

        Copy(file, journal);
        return (content, kept);
    }

    private static void Copy(string from, string to)
    {
        if (!File.Exists(from))
            throw new StateException($"{from} is not there.");
        try
        {
            using var source = new SqliteConnection($"Data Source={from};Mode=ReadWrite;Pooling=False");
            using var target = new SqliteConnection($"Data Source={to};Pooling=False");
            source.Open();
            target.Open();
            source.BackupDatabase(target);
            using var check = target.CreateCommand();
            check.CommandText = "PRAGMA integrity_check";
            if (check.ExecuteScalar() as string is not "ok" and var wrong)
                throw new StateException($"{from} is damaged: {wrong}");
        }
        catch (SqliteException e)
        {
            throw new StateException($"{from} cannot be read as a journal: {e.Message}");
        }
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
