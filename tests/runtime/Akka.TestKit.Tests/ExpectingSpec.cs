using Akka.Actor;

namespace Akka.TestKit.Tests;

public sealed class ExpectingSpec : TestKitSpec
{
    [Fact]
    public void A_message_of_the_expected_type_is_returned()
    {
        TestActor.Tell("text");
        Assert.Equal("text", ExpectMsg<string>());
    }

    [Fact]
    public void A_message_of_another_type_fails_and_is_shown()
    {
        TestActor.Tell(42);
        var failure = FailureOf(() => ExpectMsg<string>(hint: "the greeting"));
        Assert.Contains("System.String", failure);
        Assert.Contains("<42>", failure);
        Assert.Contains("(the greeting)", failure);
    }

    [Fact]
    public void No_message_at_all_fails_after_the_default_wait()
    {
        var start = Now;
        Assert.Contains("No message of type System.String came within", FailureOf(() => ExpectMsg<string>()));
        Assert.True(Now - start >= TimeSpan.FromMilliseconds(290));
    }

    [Fact]
    public void Messages_with_braces_are_shown_as_they_are()
    {
        TestActor.Tell("{0} {json}");
        Assert.Contains("<{0} {json}>", FailureOf(() => ExpectMsg<int>()));
    }

    [Fact]
    public void An_equal_message_is_expected_by_value()
    {
        TestActor.Tell(new Point(1, 2));
        ExpectMsg(new Point(1, 2));
        TestActor.Tell(new Point(1, 3));
        Assert.Contains("not the expected one", FailureOf(() => ExpectMsg(new Point(1, 2))));
    }

    [Fact]
    public void A_message_can_be_expected_by_predicate_assertion_or_comparer()
    {
        TestActor.Tell(5);
        ExpectMsg<int>(i => i > 4);
        TestActor.Tell(5);
        Assert.Contains("does not satisfy", FailureOf(() => ExpectMsg<int>(i => i > 5)));

        TestActor.Tell(5);
        ExpectMsg<int>(i => Assert.Equal(5, i));
        TestActor.Tell(5);
        FailureOf(() => ExpectMsg<int>(i => Assert.Equal(6, i)));

        TestActor.Tell("TEXT");
        ExpectMsg("text", (a, b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase));
        TestActor.Tell("TEXT");
        FailureOf(() => ExpectMsg("text", (a, b) => a == b));
    }

    [Fact]
    public async Task The_asynchronous_methods_expect_the_same()
    {
        var waiting = ExpectMsgAsync<string>(Plenty);
        TestActor.Tell("late");
        Assert.Equal("late", await waiting);
        TestActor.Tell(1);
        await ExpectMsgAsync(1);
        await FailureOfAsync(async () => await ExpectMsgAsync<string>(Soon));
        await ExpectNoMsgAsync(Soon);
    }

    [Fact]
    public void The_sender_can_be_expected_too()
    {
        var a = CreateTestProbe();
        var b = CreateTestProbe();
        TestActor.Tell("hi", a.Ref);
        ExpectMsgFrom(a.Ref, "hi");
        TestActor.Tell("hi", b.Ref);
        Assert.Contains("another sender", FailureOf(() => ExpectMsgFrom<string>(a.Ref)));
        TestActor.Tell("hi", b.Ref);
        ExpectMsg<string>((message, sender) => message == "hi" && sender.Equals(b.Ref));
        TestActor.Tell("hi", b.Ref);
        ExpectMsgFrom<string>(sender => sender.Equals(b.Ref), message => message == "hi");
    }

    [Fact]
    public void ExpectNoMsg_fails_as_soon_as_a_message_comes()
    {
        TestActor.Tell("noise");
        var start = Now;
        Assert.Contains("<noise>", FailureOf(() => ExpectNoMsg(Plenty)));
        Assert.True(Now - start < Plenty);
    }

    [Fact]
    public void All_of_a_set_of_messages_may_come_in_any_order()
    {
        foreach (var i in new[] { 3, 1, 2 })
            TestActor.Tell(i);
        Assert.Equal([3, 1, 2], ExpectMsgAllOf(1, 2, 3));
    }

    [Fact]
    public void A_set_of_messages_that_is_not_complete_fails_with_what_is_missing_and_what_is_too_much()
    {
        TestActor.Tell(1);
        TestActor.Tell(4);
        var failure = FailureOf(() => ExpectMsgAllOf(Plenty, 1, 2));
        Assert.Contains("Missing: [2]", failure);
        Assert.Contains("Not expected: [4]", failure);
    }

    [Fact]
    public void Two_equal_messages_must_come_twice()
    {
        TestActor.Tell("a");
        TestActor.Tell("b");
        FailureOf(() => ExpectMsgAllOf("a", "a"));
    }

    [Fact]
    public void Each_of_a_set_of_predicates_needs_a_message()
    {
        TestActor.Tell(7);
        TestActor.Tell("x");
        ExpectMsgAllOfMatchingPredicates(PredicateInfo.Create<string>(s => s == "x"), PredicateInfo.Create<int>(i => i == 7));
        TestActor.Tell(7);
        Assert.Contains("Missing", FailureOf(() => ExpectMsgAllOfMatchingPredicates(Plenty, PredicateInfo.Create<int>(i => i == 8))));
    }

    [Fact]
    public void Any_of_several_messages_will_do()
    {
        TestActor.Tell("b");
        Assert.Equal("b", ExpectMsgAnyOf(["a", "b"]));
        TestActor.Tell("c");
        FailureOf(() => ExpectMsgAnyOf(["a", "b"]));
    }

    [Fact]
    public void The_end_of_a_watched_actor_is_expected()
    {
        var actor = ActorOf<TestActors.BlackHoleActor>("doomed");
        Watch(actor);
        Sys.Stop(actor);
        Assert.Equal(actor, ExpectTerminated(actor).ActorRef);
    }

    [Fact]
    public async Task An_actor_that_is_watched_no_more_ends_in_silence()
    {
        var actor = ActorOf<TestActors.BlackHoleActor>();
        await WatchAsync(actor);
        await UnwatchAsync(actor);
        Assert.True(await actor.GracefulStop(Plenty));
        await ExpectNoMsgAsync(Soon);
    }

    private sealed record Point(int X, int Y);
}
