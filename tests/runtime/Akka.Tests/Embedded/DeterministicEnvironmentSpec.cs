using System.Globalization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Embedded;

namespace Akka.Tests.Embedded;

public sealed class DeterministicEnvironmentSpec
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Passes a ball on to a random neighbour after a random time, with timers, asks, pipes and awaits on the way.</summary>
    private sealed class Player : ReceiveActor, IWithTimers
    {
        private readonly Random _chance;

        public Player(List<string> log, RuntimeEnvironment environment)
        {
            var names = Context.ActorOf<Names>();
            _chance = environment.CreateRandom("player");
            Receive<(IActorRef[] Players, int Left)>(ball =>
            {
                log.Add(string.Create(CultureInfo.InvariantCulture, $"{Context.System.Scheduler.Now:O} {Self.Path} {Self.Path.Uid} {ball.Left}"));
                if (ball.Left > 0)
                    Timers.StartSingleTimer(ball.Left, new Pass(ball.Players, ball.Left - 1), TimeSpan.FromMilliseconds(_chance.Next(0, 50)));
            });
            ReceiveAsync<Pass>(async pass =>
            {
                var next = pass.Players[_chance.Next(pass.Players.Length)];
                var name = await names.Ask<string>(next, Minute);
                await Task.Yield();
                log.Add($"{Self.Path.Name} passes to {name}");
                _ = Task.FromResult<object>((pass.Players, pass.Left)).PipeTo(next);
            });
        }

        public ITimerScheduler Timers { get; set; } = null!;

        private sealed record Pass(IActorRef[] Players, int Left);
    }

    private sealed class Names : ReceiveActor
    {
        public Names() => Receive<IActorRef>(player => Sender.Tell(player.Path.Name));
    }

    private static ActorSystem Start(RuntimeEnvironment environment, string name = "game")
        => ActorSystem.Create(name, BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("akka.loglevel = OFF\nakka.stdout-loglevel = OFF"))
            .And(new RuntimeEnvironmentSetup(environment)));

    private static string Play(long seed)
    {
        var environment = new DeterministicEnvironment(seed);
        var log = new List<string>();
        environment.Trace = log.Add;
        var systems = new[] { Start(environment, "one"), Start(environment.CreateNode("b"), "two") };
        var players = systems.SelectMany(system => Enumerable.Range(0, 4)
            .Select(i => system.ActorOf(Props.Create(() => new Player(log, RuntimeEnvironment.Of(system))), $"p{i}"))).ToArray();
        for (var i = 0; i < 3; i++)
            players[i].Tell((players, 20 + (i * 100)));
        environment.RunFor(TimeSpan.FromSeconds(30));
        foreach (var system in systems)
            environment.RunUntilCompleted(system.Terminate(), Minute);
        Assert.Equal(360, log.Count(line => line.Contains("passes", StringComparison.Ordinal)));
        return string.Join('\n', log);
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_to_the_byte() => Assert.Equal(Play(7), Play(7));

    [Fact]
    public void Another_seed_gives_another_run() => Assert.NotEqual(Play(7), Play(8));

    [Fact]
    public void Virtual_time_passes_only_when_it_is_asked_to()
    {
        var environment = new DeterministicEnvironment(1);
        var system = Start(environment);
        var fired = new List<DateTimeOffset>();
        system.Scheduler.Advanced.ScheduleRepeatedly(TimeSpan.FromHours(1), TimeSpan.FromHours(2), () => fired.Add(environment.Time.GetUtcNow()));
        environment.RunUntilIdle();
        Assert.Empty(fired);
        environment.RunFor(TimeSpan.FromHours(6));
        Assert.Equal([1, 3, 5], fired.Select(at => (int)(at - environment.Start).TotalHours));
        Assert.Equal(TimeSpan.FromHours(6), environment.Elapsed);
    }

    [Fact]
    public void A_frozen_node_does_nothing_until_it_thaws_and_then_what_it_missed()
    {
        var environment = new DeterministicEnvironment(1);
        var node = environment.CreateNode("a");
        var system = Start(node);
        var ticks = 0;
        system.Scheduler.Advanced.ScheduleRepeatedly(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), () => ticks++);
        environment.RunFor(TimeSpan.FromSeconds(2.5));
        Assert.Equal(2, ticks);
        node.Freeze();
        environment.RunFor(TimeSpan.FromSeconds(20));
        Assert.Equal(2, ticks);
        node.Thaw();
        environment.RunUntilIdle();
        Assert.Equal(3, ticks);
        environment.RunFor(TimeSpan.FromSeconds(2));
        Assert.Equal(5, ticks);
    }

    [Fact]
    public void A_killed_node_never_does_anything_again()
    {
        var environment = new DeterministicEnvironment(1);
        var node = environment.CreateNode("a");
        var ticks = 0;
        Start(node).Scheduler.Advanced.ScheduleRepeatedly(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), () => ticks++);
        environment.RunFor(TimeSpan.FromSeconds(1));
        node.Kill();
        environment.RunFor(Minute);
        Assert.Equal(1, ticks);
        Assert.Equal(0, environment.ReadyCount);
    }

    [Fact]
    public void A_wall_clock_that_is_set_back_does_not_move_deadlines()
    {
        var environment = new DeterministicEnvironment(1);
        var node = environment.CreateNode("a");
        var system = Start(node);
        var fired = false;
        system.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromSeconds(10), () => fired = true);
        node.ShiftWallClock(TimeSpan.FromDays(-1));
        Assert.Equal(environment.Start - TimeSpan.FromDays(1), system.Scheduler.Now);
        environment.RunFor(TimeSpan.FromSeconds(10));
        Assert.True(fired);
    }

    [Fact]
    public void An_ask_without_an_answer_times_out_in_virtual_time()
    {
        var environment = new DeterministicEnvironment(1);
        var system = Start(environment);
        var silent = system.ActorOf(Props.Empty);
        var ask = silent.Ask<string>("?", TimeSpan.FromHours(1));
        Assert.Throws<AskTimeoutException>(() => environment.RunUntilCompleted(ask, TimeSpan.FromHours(2)));
        Assert.Equal(TimeSpan.FromHours(1), environment.Elapsed);
    }

    [Fact]
    public void A_system_can_be_started_and_ended_by_work_of_the_loop()
    {
        var environment = new DeterministicEnvironment(1);
        var node = environment.CreateNode("a");
        var log = new List<string>();
        node.Execute(() => _ = Live());
        environment.RunFor(Minute);
        Assert.Equal(["1 a.", "2 b.", "ended"], log);

        async Task Live()
        {
            var system = Start(node);
            var echo = system.ActorOf(Props.Create(() => new Dots()));
            foreach (var text in (string[])["a", "b"])
            {
                await Task.Delay(TimeSpan.FromSeconds(1), node.Time);
                log.Add($"{environment.Elapsed.TotalSeconds} {await echo.Ask<string>(text, Minute)}");
            }

            await system.Terminate();
            log.Add("ended");
        }
    }

    private sealed class Dots : ReceiveActor
    {
        public Dots() => Receive<string>(text => Sender.Tell(text + "."));
    }

    [Fact]
    public void Steps_that_never_end_while_no_time_passes_are_found_out()
    {
        var environment = new DeterministicEnvironment(1);
        void Again() => environment.Execute(Again);
        Again();
        Assert.Contains("for ever", Assert.Throws<InvalidOperationException>(environment.RunUntilIdle).Message);
    }

    [Fact]
    public void A_thread_from_outside_is_found_out()
    {
        var environment = new DeterministicEnvironment(1);
        environment.Execute(() =>
        {
            var intruder = new Thread(() => environment.Execute(() => { }));
            intruder.Start();
            intruder.Join();
        });
        Assert.Throws<InvalidOperationException>(environment.RunUntilIdle);
    }
}
