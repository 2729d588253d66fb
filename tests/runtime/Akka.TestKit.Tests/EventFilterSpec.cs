using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.TestKit.Tests;

public sealed class EventFilterSpec() : TestKitSpec(ConfigurationFactory.ParseString("akka.loglevel = DEBUG"))
{
    [Fact]
    public void An_expected_event_is_counted_by_level_and_text()
    {
        EventFilter.Warning("careful").ExpectOne(() => Log.Warning("careful"));
        EventFilter.Info(start: "it be").ExpectOne(() => Log.Info("it begins"));
        EventFilter.Debug(contains: "detail").ExpectOne(() => Log.Debug("a detail of it"));
        EventFilter.Error(new Regex("^b.d$")).ExpectOne(() => Log.Error("bad"));
        EventFilter.ForLogLevel(LogLevel.WarningLevel, "again").Expect(2, () =>
        {
            Log.Warning("again");
            Log.Warning("again");
        });
    }

    [Fact]
    public void An_event_that_does_not_come_fails_and_the_filter_is_named()
    {
        var failure = FailureOf(() => EventFilter.Warning("careful").ExpectOne(() => Log.Warning("careless")));
        Assert.Contains("1 log events were expected and 0 came", failure);
        Assert.Contains("Warning \"careful\"", failure);
    }

    [Fact]
    public void An_event_more_than_expected_fails()
    {
        Assert.Contains("0 log events were expected and 1 came", FailureOf(() => EventFilter.Warning().Expect(0, () => Log.Warning("one"))));
        EventFilter.Warning().Expect(0, TimeSpan.FromMilliseconds(100), () => Log.Info("none"));
    }

    [Fact]
    public void An_exception_is_found_by_its_type_base_types_and_inner_exceptions()
    {
        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => Log.Error(new InvalidOperationException("x"), "failed"));
        EventFilter.Exception<SystemException>("x").ExpectOne(() => Log.Error(new InvalidOperationException("x"), "failed"));
        EventFilter.Exception(typeof(ArgumentException), checkInnerExceptions: true)
            .ExpectOne(() => Log.Error(new AggregateException(new InvalidOperationException("outer", new ArgumentException("inner"))), "failed"));
        FailureOf(() => EventFilter.Exception<ArgumentException>().ExpectOne(() => Log.Error(new InvalidOperationException("x"), "failed")));
    }

    [Fact]
    public void The_source_can_be_an_actor_by_its_path()
    {
        var talker = ActorOf<Talker>("talker");
        EventFilter.Info("hello", source: talker.Path.ToString()).ExpectOne(() => talker.Tell("hello"));
        EventFilter.Info("hello", source: "/user/talker").ExpectOne(() => talker.Tell("hello"));
        EventFilter.Info("hello", source: "talker").ExpectOne(() => talker.Tell("hello"));
        FailureOf(() => EventFilter.Info("hello", source: "walker").ExpectOne(() => talker.Tell("hello")));
    }

    [Fact]
    public void Filters_are_joined_and_any_of_them_counts()
    {
        EventFilter.Info("a").And.Warning("b").Expect(2, () =>
        {
            Log.Info("a");
            Log.Warning("b");
        });
    }

    [Fact]
    public void Dead_letters_are_events_too()
    {
        var gone = ActorOf<TestActors.BlackHoleActor>("gone");
        Watch(gone);
        Sys.Stop(gone);
        ExpectTerminated(gone);
        EventFilter.DeadLetter<string>().ExpectOne(() => gone.Tell("lost"));
        EventFilter.DeadLetter<int>(i => i == 2, source: gone.Path.ToString()).ExpectOne(() => gone.Tell(2));
        FailureOf(() => EventFilter.DeadLetter<string>().ExpectOne(() => gone.Tell(3)));
    }

    [Fact]
    public void Unhandled_messages_are_warnings()
    {
        var stubborn = ActorOf<TestActors.UnhandledMessageActor>();
        EventFilter.Warning(start: "Unhandled message").ExpectOne(() => stubborn.Tell("what?"));
    }

    [Fact]
    public async Task The_asynchronous_methods_wait_for_the_block_and_then_for_the_events()
    {
        var talker = ActorOf<Talker>();
        await EventFilter.Info("hello").ExpectOneAsync(async () =>
        {
            await Task.Yield();
            talker.Tell("hello");
        });
        Assert.Equal(7, await EventFilter.Info("hello").ExpectOneAsync(() =>
        {
            talker.Tell("hello");
            return Task.FromResult(7);
        }));
    }

    [Fact]
    public void A_failing_block_fails_with_its_own_exception_and_takes_the_filter_away()
    {
        Assert.Throws<ArgumentException>(() => EventFilter.Info("hello").ExpectOne(() => throw new ArgumentException("mine")));
        EventFilter.Info("hello").ExpectOne(() => Log.Info("hello"));
    }

    [Fact]
    public void Custom_filters_see_the_whole_event() =>
        EventFilter.Custom<Warning>(w => w.LogSource.Contains(nameof(EventFilterSpec), StringComparison.Ordinal)).ExpectOne(() => Log.Warning("mine"));

    private sealed class Talker : ReceiveActor
    {
        public Talker() => Receive<string>(text => Context.GetLogger().Info(text));
    }
}
