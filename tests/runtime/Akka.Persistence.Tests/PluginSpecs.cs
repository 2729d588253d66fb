using Akka.Configuration;
using Akka.Persistence.Tests.Specs;

namespace Akka.Persistence.Tests;

/// <summary>How journals and snapshot stores are found.</summary>
public sealed class PluginSpecs() : PersistenceSpec(ConfigurationFactory.ParseString("""
    akka.persistence.snapshot-store.plugin = ""
    misspelt { class = "Akka.Persistence.Nowhere, Akka.Persistence" }
    """))
{
    [Fact]
    public void A_journal_without_configuration_is_named()
    {
        var error = Assert.ThrowsAny<Exception>(() => Persistence.Instance.Apply(Sys).JournalFor("no.such.journal"));
        Assert.Contains("no.such.journal", error.Message);
    }

    [Fact]
    public void A_journal_whose_class_is_missing_is_named_with_the_class()
    {
        var error = Assert.ThrowsAny<Exception>(() => Persistence.Instance.Apply(Sys).JournalFor("misspelt"));
        Assert.Contains("misspelt", error.Message);
        Assert.Contains("Akka.Persistence.Nowhere", error.Message);
    }

    [Fact]
    public void A_plugin_is_started_once()
    {
        var extension = Persistence.Instance.Apply(Sys);
        Assert.Equal(extension.JournalFor(""), extension.JournalFor("akka.persistence.journal.inmem"));
    }

    [Fact]
    public void Without_a_snapshot_store_an_actor_recovers_from_events_and_its_snapshots_fail()
    {
        var ledger = Start();
        Ask(ledger, new Add("a"));
        ExpectAdded("a");
        Ask(ledger, new TakeSnapshot());
        Assert.Contains("akka.persistence.snapshot-store.plugin", Observer.ExpectMsg<SaveSnapshotFailure>(Patience).Cause.Message);
        Stop(ledger);
        Start("a at 1");
    }

    [Fact]
    public void An_actor_without_a_persistence_id_does_not_start()
    {
        var nameless = Sys.ActorOf(Ledger.Props("", Observer.Ref));
        Watch(nameless);
        ExpectTerminated(nameless, Patience);
    }
}
