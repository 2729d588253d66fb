using System.Collections;
using Akka.Actor;

namespace Akka.TestKit.Tests;

public sealed class ReceivingSpec : TestKitSpec
{
    [Fact]
    public void ReceiveOne_takes_messages_in_the_order_in_which_they_were_sent()
    {
        TestActor.Tell("first");
        TestActor.Tell("second");
        Assert.Equal("first", ReceiveOne(Plenty));
        Assert.Equal("second", ReceiveOne(Plenty));
        Assert.Equal("second", LastMessage);
        Assert.False(HasMessages);
    }

    [Fact]
    public void ReceiveOne_with_no_time_only_looks()
    {
        Assert.Null(ReceiveOne(TimeSpan.Zero));
        Assert.Null(LastMessage);
        TestActor.Tell("there");
        Assert.Equal("there", ReceiveOne(TimeSpan.Zero));
    }

    [Fact]
    public async Task A_message_that_comes_while_the_test_waits_ends_the_wait()
    {
        var waiting = ReceiveOneAsync(Plenty);
        Assert.False(waiting.IsCompleted);
        TestActor.Tell("late");
        Assert.Equal("late", await waiting);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_throws_and_takes_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = ReceiveOneAsync(Plenty, cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        TestActor.Tell("kept");
        Assert.Equal("kept", await ReceiveOneAsync(Plenty));
    }

    [Fact]
    public void PeekOne_leaves_the_message()
    {
        TestActor.Tell("seen");
        Assert.Equal("seen", PeekOne(Plenty));
        Assert.Equal("seen", ReceiveOne(TimeSpan.Zero));
        Assert.False(TryPeekOne(out var envelope, TimeSpan.Zero, default));
        Assert.Null(envelope.Message);
    }

    [Fact]
    public void The_sender_of_the_last_message_is_known()
    {
        var other = CreateTestProbe();
        TestActor.Tell("hello", other.Ref);
        Assert.True(TryReceiveOne(out var envelope, Plenty));
        Assert.Equal(other.Ref, envelope.Sender);
        Assert.Equal(other.Ref, LastSender);
    }

    [Fact]
    public void Asking_for_the_last_sender_without_a_message_says_what_is_wrong()
    {
        Assert.Contains("no last sender", Assert.Throws<IllegalActorStateException>(() => LastSender).Message);
    }

    [Fact]
    public void ReceiveN_takes_exactly_so_many()
    {
        for (var i = 0; i < 4; i++)
            TestActor.Tell(i);
        Assert.Equal([0, 1, 2], ReceiveN(3, Plenty).Cast<int>());
        Assert.Equal(3, ReceiveOne(TimeSpan.Zero));
    }

    [Fact]
    public void ReceiveN_fails_and_says_how_many_came()
    {
        TestActor.Tell("only");
        Assert.Contains("Only 1 of 2 messages came within", FailureOf(() => ReceiveN(2, Soon)));
    }

    [Fact]
    public async Task ReceiveNAsync_yields_messages_as_they_come()
    {
        await using var messages = ReceiveNAsync(2, Plenty).GetAsyncEnumerator();
        TestActor.Tell("a");
        Assert.True(await messages.MoveNextAsync());
        Assert.Equal("a", messages.Current);
        TestActor.Tell("b");
        Assert.True(await messages.MoveNextAsync());
        Assert.False(await messages.MoveNextAsync());
    }

    [Fact]
    public void ReceiveWhile_leaves_the_first_message_it_does_not_want()
    {
        foreach (var message in new object[] { 1, 2, "stop", 3 })
            TestActor.Tell(message);
        Assert.Equal(["1", "2"], ReceiveWhile(m => (m as int?)?.ToString(), Plenty));
        Assert.Equal("stop", ReceiveOne(TimeSpan.Zero));
    }

    [Fact]
    public void ReceiveWhile_with_a_predicate_drops_other_types_or_stops_at_them()
    {
        foreach (var message in new object[] { 1, "other", 2, 9 })
            TestActor.Tell(message);
        Assert.Equal([1, 2], ReceiveWhile<int>(i => i < 9, Plenty));
        Assert.Equal(9, ReceiveOne(TimeSpan.Zero));

        foreach (var message in new object[] { 1, "other", 2 })
            TestActor.Tell(message);
        Assert.Equal([1], ReceiveWhile<int>(_ => true, Plenty, shouldIgnoreOtherMessageTypes: false));
        Assert.Equal("other", ReceiveOne(TimeSpan.Zero));
    }

    [Fact]
    public void ReceiveWhile_ends_with_the_number_of_messages_or_with_the_pause_between_two()
    {
        TestActor.Tell("a");
        TestActor.Tell("b");
        Assert.Equal(["a"], ReceiveWhile(m => (string)m, Plenty, msgs: 1));
        var start = Now;
        Assert.Equal(["b"], ReceiveWhile(m => (string)m, Plenty, idle: Soon));
        Assert.True(Now - start < Plenty);
    }

    [Fact]
    public void FishForMessage_drops_what_it_does_not_want()
    {
        foreach (var message in new object[] { "no", 1, "yes", 2 })
            TestActor.Tell(message);
        var dropped = new ArrayList();
        Assert.Equal("yes", FishForMessage<string>(m => m == "yes", dropped, Plenty));
        Assert.Equal(new object[] { "no", 1 }, dropped.ToArray());
        Assert.Equal(2, ReceiveOne(TimeSpan.Zero));
    }

    [Fact]
    public void FishForMessage_fails_with_its_hint_though_others_keep_coming()
    {
        TestActor.Tell("no");
        Assert.Contains("(the fish)", FailureOf(() => FishForMessage(m => m is int, Soon, "the fish")));
    }

    [Fact]
    public async Task FishUntilMessageAsync_leaves_the_message_it_looked_for()
    {
        TestActor.Tell("a");
        TestActor.Tell(1);
        await FishUntilMessageAsync<int>(Plenty);
        Assert.Equal(1, await ReceiveOneAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task Radio_silence_is_when_nothing_comes_for_a_while()
    {
        TestActor.Tell("a");
        TestActor.Tell("b");
        Assert.Equal(2, (await WaitForRadioSilenceAsync(Soon)).Count);
        TestActor.Tell("c");
        TestActor.Tell("d");
        Assert.Contains("More than 1 messages", await FailureOfAsync(() => WaitForRadioSilenceAsync(Soon, 1)));
    }

    [Fact]
    public void Ignored_messages_never_reach_the_test()
    {
        IgnoreMessages<string>(m => m.StartsWith('#'));
        TestActor.Tell("# comment");
        TestActor.Tell("text");
        ExpectMsg("text");
        IgnoreMessages<int>();
        TestActor.Tell(1);
        IgnoreNoMessages();
        TestActor.Tell(2);
        ExpectMsg(2);
    }
}
