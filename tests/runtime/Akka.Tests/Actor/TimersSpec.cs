using Akka.Actor;
using Akka.Configuration;
using Akka.Embedded;

namespace Akka.Tests.Actor;

public sealed class TimersSpec
{
    private readonly DeterministicEnvironment _environment = new(1);
    private readonly ActorSystem _system;
    private readonly List<string> _log = [];
    private readonly IActorRef _actor;

    public TimersSpec()
    {
        _system = ActorSystem.Create("timers", BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("akka.loglevel = OFF\nakka.stdout-loglevel = OFF"))
            .And(new RuntimeEnvironmentSetup(_environment)));
        _actor = _system.ActorOf(Props.Create(() => new Timed(_log)));
        _environment.RunUntilIdle();
    }

    private sealed class Timed : ReceiveActor, IWithTimers
    {
        public Timed(List<string> log)
        {
            Receive<Action<Timed>>(action => action(this));
            Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("oops"));
            Receive<string>(text => log.Add($"{(Context.System.Scheduler.MonotonicClock.TotalSeconds):0} {text}"));
            Receive<ReceiveTimeout>(_ => log.Add($"{(Context.System.Scheduler.MonotonicClock.TotalSeconds):0} silence"));
        }

        public ITimerScheduler Timers { get; set; } = null!;

        public void SilenceAfter(TimeSpan? span) => SetReceiveTimeout(span);
    }

    private void Do(Action<Timed> action)
    {
        _actor.Tell(action);
        _environment.RunUntilIdle();
    }

    private static TimeSpan S(int seconds) => TimeSpan.FromSeconds(seconds);

    [Fact]
    public void A_single_timer_fires_once()
    {
        Do(actor => actor.Timers.StartSingleTimer("a", "one", S(5)));
        _environment.RunFor(S(100));
        Assert.Equal(["5 one"], _log);
        Do(actor => Assert.False(actor.Timers.IsTimerActive("a")));
    }

    [Fact]
    public void A_periodic_timer_fires_at_every_interval_until_it_is_cancelled()
    {
        Do(actor => actor.Timers.StartPeriodicTimer("a", "tick", S(1), S(10)));
        _environment.RunFor(S(25));
        Do(actor => actor.Timers.Cancel("a"));
        _environment.RunFor(S(100));
        Assert.Equal(["1 tick", "11 tick", "21 tick"], _log);
    }

    [Fact]
    public void A_timer_with_a_key_in_use_replaces_the_other()
    {
        Do(actor => actor.Timers.StartSingleTimer("a", "old", S(5)));
        Do(actor => actor.Timers.StartSingleTimer("a", "new", S(7)));
        Do(actor => Assert.Equal(["a"], actor.Timers.ActiveTimers));
        _environment.RunFor(S(100));
        Assert.Equal(["7 new"], _log);
    }

    [Fact]
    public void A_message_of_a_cancelled_timer_that_lies_in_the_mailbox_is_not_delivered()
    {
        Do(actor => actor.Timers.StartSingleTimer("a", "old", S(5)));
        // The timer fires while a message waits that cancels it, whichever of both comes first.
        for (var seed = 0; seed < 20; seed++)
            _actor.Tell((Action<Timed>)(actor => actor.Timers.StartSingleTimer("a", "again", S(1))));
        _environment.RunUntilIdle();
        _environment.RunFor(S(100));
        Assert.Equal(["1 again"], _log);
    }

    [Fact]
    public void Timers_end_with_the_instance()
    {
        Do(actor => actor.Timers.StartPeriodicTimer("a", "tick", S(1)));
        _actor.Tell("fail");
        _environment.RunFor(S(10));
        Assert.Empty(_log);
        Do(actor => actor.Timers.StartSingleTimer("a", "new instance", S(1)));
        _environment.RunFor(S(1));
        Assert.Equal(["11 new instance"], _log);
        _system.Stop(_actor);
        _environment.RunFor(S(10));
        Assert.Single(_log);
    }

    [Fact]
    public void Silence_is_told_after_the_timeout_and_again_after_each_further_one()
    {
        Do(actor => actor.SilenceAfter(S(10)));
        _environment.RunFor(S(9));
        _actor.Tell("message");
        _environment.RunFor(S(25));
        Assert.Equal(["9 message", "19 silence", "29 silence"], _log);
        Do(actor => actor.SilenceAfter(null));
        _environment.RunFor(S(100));
        Assert.Equal(3, _log.Count);
    }

    [Fact]
    public void A_message_that_has_no_influence_does_not_break_silence()
    {
        Do(actor => actor.SilenceAfter(S(10)));
        _environment.RunFor(S(9));
        _actor.Tell(new Identify(1), ActorRefs.NoSender);
        _environment.RunFor(S(2));
        Assert.Equal(["10 silence"], _log);
    }

    [Fact]
    public void A_timeout_must_be_positive()
        => Do(actor => Assert.Throws<ArgumentOutOfRangeException>(() => actor.SilenceAfter(TimeSpan.Zero)));
}
