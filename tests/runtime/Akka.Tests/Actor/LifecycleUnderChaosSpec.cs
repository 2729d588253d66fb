using Akka.Actor;
using Akka.Configuration;
using Akka.Embedded;

namespace Akka.Tests.Actor;

/// <summary>Random trees of actors that make, stop, fail, watch, stash and await at random, in hundreds of seeded orders, and what must hold in all of them.</summary>
public sealed class LifecycleUnderChaosSpec
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>What happened to one instance of an actor.</summary>
    private sealed class Instance(string path)
    {
        public string Path { get; } = path;

        public bool Started { get; set; }

        public int Stopped { get; set; }

        public string? Wrong { get; set; }
    }

    private sealed class Ledger(Random chance)
    {
        public Random Chance { get; } = chance;

        public List<Instance> Instances { get; } = [];

        public Dictionary<(IActorRef Watcher, IActorRef Subject), int> Watched { get; } = [];

        public List<IActorRef> Actors { get; } = [];

        public Directive Judge() => (Directive)Chance.Next(4);
    }

    private enum Order
    {
        Make, MakeBroken, StopChild, StopSelf, Fail, FailLater, Watch, Pill, Stash, Unstash, Become, Await, Kill, Timer,
    }

    private sealed class Chaotic : ReceiveActor, IWithUnboundedStash, IWithTimers
    {
        private readonly Ledger _ledger;
        private readonly Instance _instance;
        private readonly bool _broken;

        public Chaotic(Ledger ledger, bool broken)
        {
            _ledger = ledger;
            _broken = broken;
            _instance = new Instance(Self.Path.ToStringWithUid());
            ledger.Instances.Add(_instance);
            if (broken && ledger.Chance.Next(2) == 0)
                throw new InvalidOperationException("cannot be made");
            Handlers();
        }

        public IStash Stash { get; set; } = null!;

        public ITimerScheduler Timers { get; set; } = null!;

        protected override SupervisorStrategy SupervisorStrategy() => _ledger.Chance.Next(2) == 0
            ? new OneForOneStrategy(3, TimeSpan.FromSeconds(1), _ => _ledger.Judge())
            : new AllForOneStrategy(3, TimeSpan.FromSeconds(1), _ => _ledger.Judge());

        protected override void PreStart()
        {
            if (_broken && _ledger.Chance.Next(2) == 0)
                throw new InvalidOperationException("cannot be started");
            _instance.Started = true;
        }

        protected override void PostStop()
        {
            _instance.Stopped++;
            if (_ledger.Chance.Next(20) == 0)
                throw new InvalidOperationException("cannot be stopped");
        }

        protected override void PreRestart(Exception reason, object message)
        {
            if (_ledger.Chance.Next(3) == 0)
                PostStop();
            else
                base.PreRestart(reason, message);
        }

        private void Handlers()
        {
            Receive<Terminated>(terminated =>
            {
                Check();
                _ledger.Watched[(Self, terminated.ActorRef)] = _ledger.Watched.GetValueOrDefault((Self, terminated.ActorRef)) - 1;
            });
            ReceiveAsync<Order>(order => order is Order.Await or Order.FailLater, async order =>
            {
                Check();
                var (self, sender) = (Self, Sender);
                await Task.Delay(TimeSpan.FromMilliseconds(_ledger.Chance.Next(10)), RuntimeEnvironment.Of(Context.System).Time);
                if (!Equals(self, Self) || !Equals(sender, Sender))
                    _instance.Wrong = "is somebody else after an await";
                Check();
                if (order == Order.FailLater)
                    throw new InvalidOperationException("fails after an await");
            });
            Receive<Order>(order =>
            {
                Check();
                Obey(order);
            });
        }

        private void Obey(Order order)
        {
            var children = Context.GetChildren().ToArray();
            switch (order)
            {
                case Order.Make or Order.MakeBroken when children.Length < 4:
                    _ledger.Actors.Add(Context.ActorOf(Props.Create(() => new Chaotic(_ledger, order == Order.MakeBroken))));
                    break;
                case Order.StopChild when children.Length > 0:
                    Context.Stop(children[_ledger.Chance.Next(children.Length)]);
                    break;
                case Order.StopSelf:
                    Context.Stop(Self);
                    break;
                case Order.Fail:
                    throw new InvalidOperationException("fails");
                case Order.Watch:
                    var subject = _ledger.Actors[_ledger.Chance.Next(_ledger.Actors.Count)];
                    if (!subject.Equals(Self) && _ledger.Watched.TryAdd((Self, subject), 1))
                        Context.Watch(subject);
                    break;
                case Order.Stash:
                    Stash.Stash();
                    Become(Handlers);
                    break;
                case Order.Unstash when _ledger.Chance.Next(2) == 0:
                    Stash.ClearStash();
                    break;
                case Order.Become:
                    BecomeStacked(Handlers);
                    break;
                case Order.Timer:
                    Timers.StartSingleTimer(_ledger.Chance.Next(3), Order.Fail, TimeSpan.FromMilliseconds(_ledger.Chance.Next(100)));
                    break;
            }
        }

        private void Check()
        {
            if (!_instance.Started)
                _instance.Wrong = "handles a message before its start";
            if (_instance.Stopped > 0)
                _instance.Wrong = "handles a message after its end";
        }
    }

    private static void Run(long seed)
    {
        var environment = new DeterministicEnvironment(seed);
        var ledger = new Ledger(environment.CreateRandom("chaos"));
        var system = ActorSystem.Create("chaos", BootstrapSetup.Create()
            .WithConfig(ConfigurationFactory.ParseString("akka.loglevel = OFF\nakka.stdout-loglevel = OFF\nakka.log-dead-letters = off"))
            .And(new RuntimeEnvironmentSetup(environment)));
        for (var i = 0; i < 3; i++)
            ledger.Actors.Add(system.ActorOf(Props.Create(() => new Chaotic(ledger, false))));
        for (var i = 0; i < 300; i++)
        {
            var target = ledger.Actors[ledger.Chance.Next(ledger.Actors.Count)];
            var order = (Order)ledger.Chance.Next((int)Order.Timer + 1);
            if (i < 60)
                order = Order.Make;
            target.Tell(order switch
            {
                Order.Pill => PoisonPill.Instance,
                Order.Kill => Kill.Instance,
                _ => (object)order,
            }, ActorRefs.NoSender);
            if (ledger.Chance.Next(2) == 0)
                environment.RunFor(TimeSpan.FromMilliseconds(ledger.Chance.Next(3)));
            else
                environment.RunNext();
        }

        environment.RunFor(TimeSpan.FromSeconds(10));
        // Who still lives has heard of every end it watches for, and of none twice.
        var ended = ledger.Actors.Where(actor => ((IInternalActorRef)actor).IsTerminated).ToHashSet();
        foreach (var ((watcher, subject), owed) in ledger.Watched)
        {
            Assert.True(owed is 0 or 1, $"seed {seed}: {watcher} heard of the end of {subject} {1 - owed} times");
            // A restart ends the watches of an actor's own children with the children.
            if (!ended.Contains(watcher) && ended.Contains(subject) && subject.Path.Parent != watcher.Path)
                Assert.True(owed == 0, $"seed {seed}: {watcher} has not heard of the end of {subject}");
        }

        environment.RunUntilCompleted(system.Terminate(), Hour);
        Assert.All(ledger.Actors, actor => Assert.True(((IInternalActorRef)actor).IsTerminated, $"seed {seed}: {actor} has not ended"));
        foreach (var instance in ledger.Instances)
        {
            Assert.True(instance.Wrong is null, $"seed {seed}: {instance.Path} {instance.Wrong}");
            Assert.True(instance.Stopped == (instance.Started ? 1 : 0), $"seed {seed}: {instance.Path} started: {instance.Started}, stopped {instance.Stopped} times");
        }
    }

    [Fact]
    public void Every_instance_starts_once_ends_once_and_every_end_is_told_once()
    {
        for (var seed = 1; seed <= 200; seed++)
            Run(seed);
    }
}
