using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence.Tests.Specs;

/// <summary>What every journal answers to the journal protocol.</summary>
public abstract class JournalSpecs : PersistenceSpec
{
    protected JournalSpecs(Config config)
        : base(config)
    {
        Journal = Persistence.Instance.Apply(Sys).JournalFor("");
    }

    protected IActorRef Journal { get; }

    [Fact]
    public void A_batch_is_answered_as_a_whole_and_then_event_by_event_in_order()
    {
        Write(7, Event(1), Event(2), Event(3));
        Client.ExpectMsg(WriteMessagesSuccessful.Instance, Patience);
        for (var i = 1; i <= 3; i++)
        {
            var success = Client.ExpectMsg<WriteMessageSuccess>(Patience);
            Assert.Equal((i, 7, Id), (success.Persistent.SequenceNr, success.ActorInstanceId, success.Persistent.PersistenceId));
            Assert.Equal(new Entry($"e{i}"), success.Persistent.Payload);
        }
    }

    [Fact]
    public void A_replay_gives_back_what_was_written_with_its_writer_and_its_time()
    {
        WriteFive();
        var replayed = Replay(1, long.MaxValue, long.MaxValue, highest: 5);
        Assert.Equal([1, 2, 3, 4, 5], replayed.Select(r => r.SequenceNr));
        Assert.Equal(["e1", "e2", "e3", "e4", "e5"], replayed.Select(r => ((Entry)r.Payload).Text));
        Assert.All(replayed, r => Assert.Equal((Id, "writer"), (r.PersistenceId, r.WriterGuid)));
        Assert.All(replayed, r => Assert.InRange(r.Timestamp, DateTime.UnixEpoch.Ticks, DateTime.MaxValue.Ticks));
    }

    [Theory]
    [InlineData(1, 5, long.MaxValue, "1 2 3 4 5")]
    [InlineData(2, 4, long.MaxValue, "2 3 4")]
    [InlineData(3, 3, long.MaxValue, "3")]
    [InlineData(4, long.MaxValue, long.MaxValue, "4 5")]
    [InlineData(1, long.MaxValue, 2, "1 2")]
    [InlineData(2, 5, 1, "2")]
    [InlineData(1, 5, 0, "")]
    [InlineData(3, 2, long.MaxValue, "")]
    [InlineData(6, long.MaxValue, long.MaxValue, "")]
    public void A_replay_has_a_first_a_last_and_a_number(long from, long to, long max, string expected)
    {
        WriteFive();
        Assert.Equal(expected, string.Join(' ', Replay(from, to, max, highest: 5).Select(r => r.SequenceNr)));
    }

    [Fact]
    public void Nothing_was_written_for_an_unknown_persistence_id() => Assert.Empty(Replay(1, long.MaxValue, long.MaxValue, highest: 0));

    [Theory]
    [InlineData(0, "1 2 3 4 5")]
    [InlineData(1, "2 3 4 5")]
    [InlineData(3, "4 5")]
    [InlineData(5, "")]
    [InlineData(long.MaxValue, "")]
    public void Deleted_events_are_gone_and_the_highest_sequence_number_stays(long to, string left)
    {
        WriteFive();
        Journal.Tell(new DeleteMessagesTo(Id, to, Client.Ref));
        Client.ExpectMsg(new DeleteMessagesSuccess(to), Patience);
        Assert.Equal(left, string.Join(' ', Replay(1, long.MaxValue, long.MaxValue, highest: 5).Select(r => r.SequenceNr)));
    }

    [Fact]
    public void Deleting_twice_changes_nothing_more()
    {
        WriteFive();
        foreach (var to in new[] { 3, 3, 2, 4 })
        {
            Journal.Tell(new DeleteMessagesTo(Id, to, Client.Ref));
            Client.ExpectMsg(new DeleteMessagesSuccess(to), Patience);
        }

        Assert.Equal([5], Replay(1, long.MaxValue, long.MaxValue, highest: 5).Select(r => r.SequenceNr));
    }

    [Fact]
    public void Writes_and_a_replay_that_follows_them_at_once_are_seen_in_that_order()
    {
        for (var i = 1; i <= 20; i++) Write(1, Event(i));
        Journal.Tell(new ReplayMessages(1, long.MaxValue, long.MaxValue, Id, Observer.Ref));
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), Observer.ReceiveN(20, Patience).Cast<ReplayedMessage>().Select(r => r.Persistent.SequenceNr));
        Observer.ExpectMsg(new RecoverySuccess(20), Patience);
    }

    [Fact]
    public void A_deferred_event_is_answered_in_its_place_and_not_written()
    {
        Journal.Tell(
            new WriteMessages([new AtomicWrite(Event(1)), new DeferredEvent("note", Client.Ref), new AtomicWrite(Event(2))], Client.Ref, 1));
        Client.ExpectMsg(WriteMessagesSuccessful.Instance, Patience);
        Assert.Equal(1, Client.ExpectMsg<WriteMessageSuccess>(Patience).Persistent.SequenceNr);
        Client.ExpectMsg(new LoopMessageSuccess("note", 1), Patience);
        Assert.Equal(2, Client.ExpectMsg<WriteMessageSuccess>(Patience).Persistent.SequenceNr);
        Assert.Equal([1, 2], Replay(1, long.MaxValue, long.MaxValue, highest: 2).Select(r => r.SequenceNr));
    }

    [Fact]
    public void A_tagged_event_is_replayed_without_its_tags()
    {
        Write(1, Event(1).WithPayload(new Akka.Persistence.Journal.Tagged(new Entry("tagged"), ["red", "blue"])));
        Client.ExpectMsg(WriteMessagesSuccessful.Instance, Patience);
        Client.ExpectMsg<WriteMessageSuccess>(Patience);
        Assert.Equal([new Entry("tagged")], Replay(1, long.MaxValue, long.MaxValue, highest: 1).Select(r => r.Payload));
    }

    private protected IPersistentRepresentation Event(long sequenceNr, string? text = null) =>
        new Persistent(new Entry(text ?? $"e{sequenceNr}"), sequenceNr, Id, writerGuid: "writer", sender: Client.Ref);

    protected void Write(int instance, params IPersistentRepresentation[] together) =>
        Journal.Tell(new WriteMessages([new AtomicWrite(together.ToImmutableArray())], Client.Ref, instance));

    protected void WriteFive()
    {
        Write(1, [.. Enumerable.Range(1, 5).Select(i => Event(i))]);
        Client.ReceiveN(6, Patience);
    }

    protected List<IPersistentRepresentation> Replay(long from, long to, long max, long highest)
    {
        Journal.Tell(new ReplayMessages(from, to, max, Id, Observer.Ref));
        var replayed = new List<IPersistentRepresentation>();
        while (true)
        {
            switch (Observer.ReceiveOne(Patience))
            {
                case ReplayedMessage message:
                    replayed.Add(message.Persistent);
                    break;
                case RecoverySuccess success:
                    Assert.Equal(highest, success.HighestSequenceNr);
                    return replayed;
                case var other:
                    Assert.Fail($"The journal answered: {other}");
                    break;
            }
        }
    }
}
