using Akka.Actor;
using Akka.Configuration;
using Akka.Embedded;

namespace Akka.Tests.Actor;

public sealed class SchedulerSpec
{
    private readonly DeterministicEnvironment _environment = new(1);
    private readonly ActorSystem _system;
    private readonly List<int> _fired = [];

    public SchedulerSpec() => _system = ActorSystem.Create("clock", BootstrapSetup.Create()
        .WithConfig(ConfigurationFactory.ParseString("akka.loglevel = OFF\nakka.stdout-loglevel = OFF")).And(new RuntimeEnvironmentSetup(_environment)));

    private IAdvancedScheduler Scheduler => _system.Scheduler.Advanced;

    private void Fire() => _fired.Add((int)_environment.Elapsed.TotalMilliseconds);

    [Fact]
    public void Once_is_once()
    {
        Scheduler.ScheduleOnce(20, Fire);
        _environment.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal([20], _fired);
    }

    [Fact]
    public void Repeatedly_does_not_drift()
    {
        Scheduler.ScheduleRepeatedly(5, 10, Fire);
        _environment.RunFor(TimeSpan.FromMilliseconds(50));
        Assert.Equal([5, 15, 25, 35, 45], _fired);
    }

    [Fact]
    public void What_was_called_off_does_not_happen()
    {
        var once = Scheduler.ScheduleOnceCancelable(10, Fire);
        var repeatedly = Scheduler.ScheduleRepeatedlyCancelable(10, 10, Fire);
        once.Cancel();
        _environment.RunFor(TimeSpan.FromMilliseconds(15));
        repeatedly.Cancel();
        _environment.RunFor(TimeSpan.FromMilliseconds(50));
        Scheduler.ScheduleOnce(10, Fire, Cancelable.CreateCanceled());
        _environment.RunFor(TimeSpan.FromMilliseconds(50));
        Assert.Equal([10], _fired);
    }

    [Fact]
    public void A_task_that_fails_goes_on_if_it_repeats()
    {
        Scheduler.ScheduleRepeatedly(10, 10, () =>
        {
            Fire();
            throw new InvalidOperationException("oops");
        });
        _environment.RunFor(TimeSpan.FromMilliseconds(35));
        Assert.Equal([10, 20, 30], _fired);
    }

    [Fact]
    public void A_task_can_call_itself_off()
    {
        var cancelable = new Cancelable(Scheduler);
        Scheduler.ScheduleRepeatedly(10, 10, () =>
        {
            Fire();
            cancelable.Cancel();
        }, cancelable);
        _environment.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal([10], _fired);
    }

    [Fact]
    public void Cancelling_after_a_delay_waits_for_the_delay()
    {
        var cancelable = new Cancelable(Scheduler, TimeSpan.FromMilliseconds(25));
        Scheduler.ScheduleRepeatedly(10, 10, Fire, cancelable);
        _environment.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal([10, 20], _fired);
    }

    [Fact]
    public void Negative_times_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Scheduler.ScheduleOnce(-1, Fire));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scheduler.ScheduleRepeatedly(0, 0, Fire));
        Assert.Throws<ArgumentOutOfRangeException>(() => _system.Scheduler.ScheduleTellOnce(-1, _system.DeadLetters, "", ActorRefs.NoSender));
    }

    [Fact]
    public void After_the_end_of_the_system_nothing_is_taken_and_nothing_happens()
    {
        Scheduler.ScheduleOnce(1000, Fire);
        _environment.RunUntilCompleted(_system.Terminate(), TimeSpan.FromMinutes(1));
        Assert.Throws<SchedulerException>(() => Scheduler.ScheduleOnce(1, Fire));
        _environment.RunFor(TimeSpan.FromMinutes(1));
        Assert.Empty(_fired);
    }

    [Fact]
    public async Task The_real_clock_does_not_fire_early()
    {
        var system = ActorSystem.Create("real", "akka.stdout-loglevel = OFF\nakka.loglevel = OFF");
        for (var i = 1; i <= 5; i++)
        {
            var delay = TimeSpan.FromMilliseconds((i * 3) + 0.7);
            var fired = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
            var began = system.Scheduler.MonotonicClock;
            system.Scheduler.Advanced.ScheduleOnce(delay, () => fired.SetResult(system.Scheduler.MonotonicClock));
            Assert.True(await fired.Task - began >= delay);
        }

        await system.Terminate();
    }
}
