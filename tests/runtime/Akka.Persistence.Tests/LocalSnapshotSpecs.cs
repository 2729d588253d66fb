using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Tests.Specs;

namespace Akka.Persistence.Tests;

public sealed class LocalSnapshotSpecs : SnapshotSpecs
{
    private readonly string _folder;

    public LocalSnapshotSpecs()
        : this(Directory.CreateTempSubdirectory("akka-snapshots-").FullName)
    {
    }

    private LocalSnapshotSpecs(string folder)
        : base(ConfigurationFactory.ParseString(
            $"akka.persistence.snapshot-store {{ plugin = \"akka.persistence.snapshot-store.local\", local.dir = \"{folder}/new\" }}")) => _folder = folder;

    [Fact]
    public void A_torn_snapshot_file_is_passed_over_and_the_one_before_it_is_taken()
    {
        var ledger = LedgerWithTwoSnapshots();
        Tear("*-2-*");
        Stop(ledger);
        Sys.ActorOf(Ledger.Props(Id, Observer.Ref));
        ObserveThat(what => what == "offered 1");
        ObserveThat(what => what == "recovered a b at 2");
    }

    [Fact]
    public void If_no_snapshot_can_be_read_the_recovery_fails_and_says_why()
    {
        var ledger = LedgerWithTwoSnapshots();
        Tear("*");
        Stop(ledger);
        var again = Sys.ActorOf(Ledger.Props(Id, Observer.Ref));
        Watch(again);
        ObserveThat(what => what.StartsWith("recovery failed", StringComparison.Ordinal) && what.Contains(_folder) && what.Contains("torn"));
        ExpectTerminated(again, Patience);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Directory.Delete(_folder, recursive: true);
    }

    private IActorRef LedgerWithTwoSnapshots()
    {
        var ledger = Start();
        foreach (var text in new[] { "a", "b" })
        {
            Ask(ledger, new Add(text));
            ExpectAdded(text);
            Ask(ledger, new TakeSnapshot());
            Observer.ExpectMsg<SaveSnapshotSuccess>(Patience);
        }

        return ledger;
    }

    private void Tear(string pattern)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(_folder, "new"), "snapshot-" + pattern))
        {
            using var stream = File.OpenWrite(file);
            stream.SetLength(stream.Length - 1);
        }
    }
}
