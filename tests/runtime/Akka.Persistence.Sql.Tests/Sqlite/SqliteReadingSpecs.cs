using Akka.Actor;
using Akka.Persistence.Tests;
using Akka.Persistence.Tests.Specs;
using Dapper;

namespace Akka.Persistence.Sql.Tests.Sqlite;

/// <summary>What stands in the tables, and what is made of rows that are not ours.</summary>
public sealed class SqliteReadingSpecs : PersistenceSpec
{
    private readonly SqliteFile _file;

    public SqliteReadingSpecs()
        : this(new SqliteFile())
    {
    }

    private SqliteReadingSpecs(SqliteFile file)
        : base(file.Config()) => _file = file;

    [Fact]
    public void The_tables_have_the_published_names_and_columns()
    {
        Start();
        using var connection = _file.Open();
        Assert.Equal(
            "ordering deleted persistence_id sequence_number created message manifest identifier writer_uuid", Columns("journal"));
        Assert.Equal("ordering_id tag persistence_id sequence_nr", Columns("tags"));
        Assert.Equal("persistence_id sequence_number created snapshot manifest serializer_id", Columns("snapshot"));

        string Columns(string table) => string.Join(' ', connection.Query<string>($"SELECT name FROM pragma_table_info('{table}') ORDER BY cid"));
    }

    [Fact]
    public void A_row_says_which_serializer_and_manifest_and_when()
    {
        var ledger = Start();
        Ask(ledger, new Add("a"));
        ExpectAdded("a");
        using var connection = _file.Open();
        var row = connection.QuerySingle("SELECT * FROM journal");
        Assert.Equal((EntrySerializer.Id, "entry", 0L), ((int)row.identifier, (string)row.manifest, (long)row.deleted));
        Assert.Equal("a"u8.ToArray(), (byte[])row.message);
        Assert.InRange(new DateTime((long)row.created, DateTimeKind.Utc), DateTime.UtcNow.AddMinutes(-10), DateTime.UtcNow.AddMinutes(1));
    }

    [Fact]
    public void Tags_stand_in_a_table_of_their_own_and_go_with_their_events()
    {
        var journal = Persistence.Instance.Apply(Sys).JournalFor("");
        var tagged = new Akka.Persistence.Journal.Tagged(new Entry("a"), ["red", "blue"]);
        journal.Tell(new WriteMessages([new AtomicWrite(new Persistent(tagged, 1, Id)), new AtomicWrite(new Persistent(tagged, 2, Id))], Client.Ref, 1));
        Client.ExpectMsg(WriteMessagesSuccessful.Instance, Patience);
        Client.ReceiveN(2, Patience);
        using var connection = _file.Open();
        Assert.Equal(["blue 1", "blue 2", "red 1", "red 2"], Tags());

        journal.Tell(new DeleteMessagesTo(Id, 1, Client.Ref));
        Client.ExpectMsg(new DeleteMessagesSuccess(1), Patience);
        Assert.Equal(["blue 2", "red 2"], Tags());

        IEnumerable<string> Tags() => connection.Query<string>("SELECT tag || ' ' || sequence_nr FROM tags ORDER BY tag, sequence_nr");
    }

    [Theory]
    [InlineData("4711", "System.Diagnostics.Process, System.Diagnostics.Process", "is no manifest of")]
    [InlineData("4711", "", "is no manifest of")]
    [InlineData("99999", "entry", "serializer 99999")]
    [InlineData("NULL", "Akka.Persistence.Sql.Tests.Sqlite.SqliteReadingSpecs+Trap, Akka.Persistence.Sql.Tests", "names no serializer")]
    [InlineData("1", "Akka.Persistence.Sql.Tests.Sqlite.SqliteReadingSpecs+Trap, Akka.Persistence.Sql.Tests", "serializer 1")]
    public void A_row_with_an_unknown_serializer_or_manifest_fails_the_recovery_and_makes_no_type(string identifier, string manifest, string reason)
    {
        Stop(Start());
        using (var connection = _file.Open())
        {
            connection.Execute(
                $"INSERT INTO journal (deleted, persistence_id, sequence_number, created, message, identifier, manifest) VALUES (0, @Id, 1, 0, x'00', {identifier}, @manifest)",
                new { Id, manifest });
        }

        var ledger = Sys.ActorOf(Ledger.Props(Id, Observer.Ref));
        Watch(ledger);
        ObserveThat(what => what.StartsWith("recovery failed", StringComparison.Ordinal) && what.Contains(_file.Path)
            && what.Contains($"event 1 of {Id}") && what.Contains(reason));
        ExpectTerminated(ledger, Patience);
        Assert.False(Sprung.Is);
    }

    [Fact]
    public void An_event_that_cannot_be_serialized_is_rejected_with_all_that_should_go_with_it()
    {
        var ledger = Start();
        Ask(ledger, new AddAll("a", "unwritable"));
        ObserveThat(what => what == "rejected a: this entry cannot be serialized");
        ObserveThat(what => what == "rejected unwritable: this entry cannot be serialized");
        Ask(ledger, new Add("b"));
        Client.ExpectMsg(new Added("b", 3), Patience);
        Stop(ledger);
        Start("b at 3");
    }

    [Fact]
    public void New_events_never_get_sequence_numbers_that_a_snapshot_covers_even_if_the_journal_lost_its_events()
    {
        var ledger = Start();
        Ask(ledger, new Add("a", "b"));
        ExpectAdded("a", "b");
        Ask(ledger, new TakeSnapshot());
        Observer.ExpectMsg<SaveSnapshotSuccess>(Patience);
        Stop(ledger);
        using (var connection = _file.Open()) connection.Execute("DELETE FROM journal");

        ledger = Start("a b at 2", skipOffer: true);
        Ask(ledger, new Add("c"));
        Client.ExpectMsg(new Added("c", 3), Patience);
        Stop(ledger);
        Start("a b c at 3", skipOffer: true);
    }

    [Fact]
    public void A_second_writer_with_the_same_persistence_id_fails_and_changes_nothing()
    {
        var first = Start();
        var second = Start();
        Watch(second);
        Ask(first, new Add("first"));
        ExpectAdded("first");
        Ask(second, new Add("second"));
        ObserveThat(what => what.StartsWith("failed second", StringComparison.Ordinal) && what.Contains("another writer"));
        ExpectTerminated(second, Patience);
        Ask(first, new Add("more"));
        ExpectAdded("more");
        Stop(first);
        Start("first more at 2");
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _file.Dispose();
    }

    /// <summary>Shows that it was made.</summary>
    public sealed class Trap
    {
        public Trap() => Sprung.Set();
    }

    private static class Sprung
    {
        private static bool _is;

        public static bool Is => Volatile.Read(ref _is);

        public static void Set() => Volatile.Write(ref _is, true);
    }
}
