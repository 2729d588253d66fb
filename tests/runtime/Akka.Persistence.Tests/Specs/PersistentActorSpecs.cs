using Akka.Configuration;

namespace Akka.Persistence.Tests.Specs;

/// <summary>What a persistent actor does on every journal.</summary>
public abstract class PersistentActorSpecs(Config config) : PersistenceSpec(config)
{
    [Fact]
    public void A_new_actor_recovers_to_nothing() => Start("at 0");

    [Fact]
    public void A_persisted_event_changes_the_state_and_gets_the_next_sequence_number()
    {
        var ledger = Start();
        Ask(ledger, new Add("a", "b"));
        Client.ExpectMsg(new Added("a", 1), Patience);
        Client.ExpectMsg(new Added("b", 2), Patience);
        ExpectContent(ledger, 2, "a", "b");
    }

    [Fact]
    public void An_actor_that_starts_again_has_all_its_events()
    {
        var ledger = Start();
        Ask(ledger, new Add("a", "b"));
        Ask(ledger, new AddAll("c", "d"));
        ExpectAdded("a", "b", "c", "d");
        Stop(ledger);

        ledger = Start("a b c d at 4");
        Ask(ledger, new Add("e"));
        Client.ExpectMsg(new Added("e", 5), Patience);
    }

    [Fact]
    public void Actors_do_not_see_each_others_events()
    {
        var ledger = Start();
        var other = Sys.ActorOf(Ledger.Props(Id + "-other", Observer.Ref));
        ObserveThat(what => what == "recovered at 0");
        Ask(ledger, new Add("a"));
        ExpectAdded("a");
        Ask(other, new Add("x"));
        Client.ExpectMsg(new Added("x", 1), Patience);
        Stop(ledger);
        Start("a at 1");
    }

    [Fact]
    public void Commands_are_handled_in_the_order_they_came_however_many_wait()
    {
        var ledger = Start();
        var texts = Enumerable.Range(0, 200).Select(i => $"e{i}").ToArray();
        foreach (var text in texts) Ask(ledger, new Add(text));
        ExpectAdded(texts);
        Stop(ledger);
        Start($"{string.Join(' ', texts)} at 200");
    }

    [Fact]
    public void A_nested_event_comes_right_after_the_one_whose_handler_persisted_it()
    {
        var ledger = Start();
        Ask(ledger, new AddNested("outer", "inner"));
        Ask(ledger, new Add("later"));
        ExpectAdded("outer", "inner", "later");
        ExpectContent(ledger, 3, "outer", "inner", "later");
    }

    [Fact]
    public void Asynchronous_persisting_lets_commands_go_on_and_keeps_the_order_of_events()
    {
        var ledger = Start();
        for (var i = 0; i < 50; i++) Ask(ledger, new AddAsync($"a{i}", $"b{i}"));
        var expected = Enumerable.Range(0, 50).SelectMany(i => new[] { $"a{i}", $"b{i}" }).ToArray();
        var answers = Client.ReceiveN(150, Patience).ToList();
        Assert.Equal(expected, answers.OfType<Added>().Select(a => a.Text));
        Stop(ledger);
        Start($"{string.Join(' ', expected)} at 100");
    }

    [Fact]
    public void A_deferred_handler_runs_after_the_events_before_it()
    {
        var ledger = Start();
        Ask(ledger, new AddThenDefer("a", "noted a"));
        Ask(ledger, new AddThenDefer("b", "noted b"));
        var answers = Client.ReceiveN(4, Patience).ToList();
        Assert.True(answers.IndexOf(new Added("a", 1)) < answers.IndexOf(new Observed("noted a")));
        Assert.True(answers.IndexOf(new Added("b", 2)) < answers.IndexOf(new Observed("noted b")));
        Stop(ledger);
        Start("a b at 2");
    }

    [Fact]
    public void Commands_that_were_set_aside_come_before_those_that_were_sent_later()
    {
        var ledger = Start();
        Ask(ledger, new SetAside());
        Ask(ledger, new Add("first"));
        Ask(ledger, new Add("second"));
        Ask(ledger, new GoOn("go"));
        Ask(ledger, new Add("last"));
        ExpectAdded("go", "first", "second", "last");
    }

    [Fact]
    public void An_asynchronous_handler_persists_when_its_task_ends_and_nothing_overtakes_it()
    {
        var ledger = Start();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Ask(ledger, new AddAfterAwaiting("awaited", gate.Task));
        Ask(ledger, new Add("later"));
        gate.SetResult();
        ExpectAdded("awaited", "later");
        ExpectContent(ledger, 2, "awaited", "later");
    }

    [Fact]
    public void An_actor_that_fails_restarts_with_what_it_persisted_and_handles_what_waited()
    {
        var ledger = Start();
        Ask(ledger, new Add("a"));
        ExpectAdded("a");
        Ask(ledger, new Crash("on purpose"));
        Ask(ledger, new Add("b"));
        ObserveThat(what => what == "recovered a at 1");
        Client.ExpectMsg(new Added("b", 2), Patience);
    }

    [Fact]
    public void An_event_that_was_persisted_before_its_handler_failed_is_there_after_the_restart()
    {
        var ledger = Start();
        Ask(ledger, new AddThenThrow("a"));
        Ask(ledger, new Add("b"));
        ObserveThat(what => what == "recovered a at 1");
        Client.ExpectMsg(new Added("b", 2), Patience);
        ExpectContent(ledger, 2, "a", "b");
    }

    [Fact]
    public void A_recovery_can_end_at_a_sequence_number()
    {
        var ledger = Start();
        Ask(ledger, new Add("a", "b", "c"));
        ExpectAdded("a", "b", "c");
        Stop(ledger);
        // What it does not replay still counts: the next event comes after all that exist.
        ledger = Start("a b at 3", new Recovery(SnapshotSelectionCriteria.Latest, 2));
        Ask(ledger, new Add("d"));
        Client.ExpectMsg(new Added("d", 4), Patience);
    }

    [Fact]
    public void A_recovery_can_be_left_out()
    {
        var ledger = Start();
        Ask(ledger, new Add("a", "b"));
        ExpectAdded("a", "b");
        Stop(ledger);
        Start("at 2", Recovery.None);
    }

    [Fact]
    public void Deleted_events_are_not_replayed_and_their_sequence_numbers_are_not_used_again()
    {
        var ledger = Start();
        Ask(ledger, new Add("a", "b", "c"));
        ExpectAdded("a", "b", "c");
        Ask(ledger, new DeleteEntries(2));
        Observer.ExpectMsg(new DeleteMessagesSuccess(2), Patience);
        Stop(ledger);
        ledger = Start("c at 3");
        Ask(ledger, new DeleteEntries(long.MaxValue));
        Observer.ExpectMsg(new DeleteMessagesSuccess(long.MaxValue), Patience);
        Stop(ledger);
        ledger = Start("at 3");
        Ask(ledger, new Add("d"));
        Client.ExpectMsg(new Added("d", 4), Patience);
    }

    [Fact]
    public void Deleting_events_that_are_not_there_yet_is_refused()
    {
        var ledger = Start();
        Ask(ledger, new Add("a"));
        ExpectAdded("a");
        Ask(ledger, new DeleteEntries(7));
        Assert.Equal(7, Observer.ExpectMsg<DeleteMessagesFailure>(Patience).ToSequenceNr);
        ExpectContent(ledger, 1, "a");
    }

    [Fact]
    public void Many_actors_recover_at_the_same_time()
    {
        const int Many = 120;
        var ledgers = Enumerable.Range(0, Many).Select(i => Sys.ActorOf(Ledger.Props($"{Id}-{i}", Observer.Ref))).ToList();
        for (var i = 0; i < Many; i++) ObserveThat(what => what == "recovered at 0");
        ledgers.ForEach(ledger => Ask(ledger, new Add("a", "b")));
        Client.ReceiveN(2 * Many, Patience);
        ledgers.ForEach(Stop);
        for (var i = 0; i < Many; i++) Sys.ActorOf(Ledger.Props($"{Id}-{i}", Observer.Ref));
        for (var i = 0; i < Many; i++) ObserveThat(what => what == "recovered a b at 2");
    }
}
