using Akka.Actor;
using Akka.Persistence.Tests;
using Akka.Persistence.Tests.Specs;
using Dapper;

namespace Akka.Persistence.Sql.Tests.Sqlite;

/// <summary>An event is acknowledged only when it is durable.</summary>
public sealed class SqliteDurabilitySpecs
{
    [Theory]
    [InlineData(1, 40)]
    [InlineData(25, 1_000)]
    public void Every_acknowledged_event_is_there_after_the_process_was_killed(int ledgers, int events)
    {
        using var file = new SqliteFile();
        // Killed, started again and killed again: the second run goes on where the first one ended.
        var acknowledged = WriterProcess.KillAfter(events, "SQLite.MS", file.ConnectionString, ledgers);
        using (var connection = file.Open()) AssertKept(connection, acknowledged);
        acknowledged.AddRange(WriterProcess.KillAfter(events, "SQLite.MS", file.ConnectionString, ledgers));
        using (var connection = file.Open()) AssertKept(connection, acknowledged);
    }

    [Fact]
    public void A_torn_tail_of_the_log_costs_nothing_that_was_committed_before_it()
    {
        using var file = new SqliteFile();
        var acknowledged = WriterProcess.KillAfter(30, "SQLite.MS", file.ConnectionString, 1);
        var log = file.Path + "-wal";
        using (var stream = File.OpenWrite(log))
        {
            // Half a frame, as a power cut in the midst of a write leaves it.
            stream.Seek(0, SeekOrigin.End);
            stream.Write(new byte[2_000]);
        }

        using var connection = file.Open();
        AssertKept(connection, acknowledged);
    }

    internal static void AssertKept(System.Data.IDbConnection connection, List<(string PersistenceId, long SequenceNr)> acknowledged)
    {
        var kept = connection.Query<(string, long)>("SELECT persistence_id, sequence_number FROM journal").ToHashSet();
        Assert.Equal(acknowledged.Count, acknowledged.Distinct().Count());
        Assert.All(acknowledged, event_ => Assert.Contains(event_, kept));
        foreach (var group in kept.GroupBy(event_ => event_.Item1))
            Assert.Equal(Enumerable.Range(1, group.Count()).Select(i => (long)i), group.Select(event_ => event_.Item2).Order());
    }
}

/// <summary>What is said, and done, when the file cannot be written or read.</summary>
public abstract class SqliteFailureSpec(Akka.Configuration.Config config) : PersistenceSpec(config)
{
    protected const string ShortTimeout = "akka.persistence.journal.sql.circuit-breaker.call-timeout = 6s";

    protected void ExpectFailedWrite(IActorRef ledger, object command, string file, string cause)
    {
        Watch(ledger);
        Ask(ledger, command);
        ObserveThat(what => what.StartsWith("failed", StringComparison.Ordinal) && what.Contains(file) && what.Contains(cause));
        ExpectTerminated(ledger, Patience);
    }
}

public sealed class SqliteFullDiskSpecs : SqliteFailureSpec
{
    private readonly SmallDisk _disk;
    private readonly SqliteFile _file;

    public SqliteFullDiskSpecs()
        : this(Environment.UserName == "root" ? new SmallDisk(400) : null!)
    {
    }

    private SqliteFullDiskSpecs(SmallDisk disk)
        : this(disk, new SqliteFile(disk?.Folder))
    {
    }

    private SqliteFullDiskSpecs(SmallDisk disk, SqliteFile file)
        : base(file.Config())
    {
        _disk = disk;
        _file = file;
    }

    [RootFact]
    public void A_full_disk_fails_the_write_and_stops_the_actor_and_loses_nothing_that_was_acknowledged()
    {
        var ledger = Start();
        var kept = new List<string>();
        Watch(ledger);
        for (var stopped = false; !stopped;)
        {
            var text = new string((char)('a' + (kept.Count % 26)), 20_000);
            Ask(ledger, new Add(text));
            var answer = FishForAnswer();
            if (answer is Added) kept.Add(text);
            else stopped = true;
            Assert.True(kept.Count < 100, "The disk should be full by now.");
        }

        ObserveThat(what => what.StartsWith("failed", StringComparison.Ordinal) && what.Contains(_file.Path) && what.Contains("full"));
        _disk.Resize(8_000);
        var again = Start($"{string.Join(' ', kept)} at {kept.Count}");
        Ask(again, new Add("after"));
        ExpectAdded("after");

        object FishForAnswer()
        {
            // Either the event is acknowledged, or the ledger ends.
            object? answer = null;
            AwaitCondition(() => (answer = Client.HasMessages ? Client.ReceiveOne(TimeSpan.Zero) : HasMessages ? ReceiveOne(TimeSpan.Zero) : null) is not null, Patience);
            return answer!;
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (_disk is null) _file.Dispose();
        else _disk.Dispose();
    }
}

public sealed class SqliteReadOnlySpecs : SqliteFailureSpec
{
    private readonly SqliteFile _file;

    public SqliteReadOnlySpecs()
        : this(Prepared())
    {
    }

    private SqliteReadOnlySpecs(SqliteFile file)
        : base(file.Config(mode: ";Mode=ReadOnly")) => _file = file;

    [Fact]
    public void A_read_only_file_fails_the_write_and_is_named()
    {
        var ledger = Start();
        ExpectFailedWrite(ledger, new Add("a"), _file.Path, "read-only");
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _file.Dispose();
    }

    private static SqliteFile Prepared()
    {
        var file = new SqliteFile();
        WriterProcess.KillAfter(1, "SQLite.MS", file.ConnectionString, 1);
        return file;
    }
}

public sealed class SqliteBrokenFileSpecs : SqliteFailureSpec
{
    private readonly SqliteFile _file;

    public SqliteBrokenFileSpecs()
        : this(new SqliteFile())
    {
    }

    private SqliteBrokenFileSpecs(SqliteFile file)
        : base(file.Config(ShortTimeout)) => _file = file;

    [Fact]
    public void A_file_that_is_locked_by_another_process_fails_the_write_and_is_named_and_works_again_when_it_is_free()
    {
        var ledger = Start();
        using (var other = _file.Open())
        using (other.BeginTransaction())
        {
            ExpectFailedWrite(ledger, new Add("a"), _file.Path, "locked");
        }

        var again = Start("at 0");
        Ask(again, new Add("a"));
        ExpectAdded("a");
    }

    [Fact]
    public void A_file_that_was_removed_under_way_fails_the_write_and_is_named()
    {
        var ledger = Start();
        Ask(ledger, new Add("a"));
        ExpectAdded("a");
        File.Delete(_file.Path);
        ExpectFailedWrite(ledger, new Add("b"), _file.Path, "removed");
    }

    [Fact]
    public void A_log_that_was_removed_under_way_fails_the_write_and_is_named()
    {
        var ledger = Start();
        Ask(ledger, new Add("a"));
        ExpectAdded("a");
        File.Delete(_file.Path + "-wal");
        ExpectFailedWrite(ledger, new Add("b"), _file.Path, "removed");
    }

    [Fact]
    public void A_folder_that_is_missing_fails_the_recovery_and_is_named()
    {
        _file.Dispose();
        var ledger = Sys.ActorOf(Ledger.Props(Id, Observer.Ref));
        Watch(ledger);
        ObserveThat(what => what.StartsWith("recovery failed", StringComparison.Ordinal) && what.Contains($"the folder {_file.Folder} does not exist"));
        ExpectTerminated(ledger, Patience);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _file.Dispose();
    }
}

public sealed class SqliteTornFileSpecs : SqliteFailureSpec
{
    private readonly SqliteFile _file;

    public SqliteTornFileSpecs()
        : this(Torn())
    {
    }

    private SqliteTornFileSpecs(SqliteFile file)
        : base(file.Config()) => _file = file;

    [Fact]
    public void A_torn_file_fails_the_recovery_and_is_named()
    {
        var ledger = Sys.ActorOf(Ledger.Props("killed-0", Observer.Ref));
        Watch(ledger);
        ObserveThat(what => what.StartsWith("recovery failed", StringComparison.Ordinal) && what.Contains(_file.Path) && what.Contains("damaged"));
        ExpectTerminated(ledger, Patience);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _file.Dispose();
    }

    private static SqliteFile Torn()
    {
        var file = new SqliteFile();
        WriterProcess.KillAfter(300, "SQLite.MS", file.ConnectionString, 10);
        using (var connection = file.Open())
        {
            // Everything goes from the log into the file, and then half of the file is lost.
            connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        using var stream = File.OpenWrite(file.Path);
        stream.SetLength(stream.Length / 2);
        return file;
    }
}
