using System.Linq.Expressions;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Configs;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>
/// A test with an actor system, and an actor whose messages the test looks at. The asynchronous methods do the waiting; each
/// synchronous one waits for its asynchronous twin. A test runs on one thread at a time: the kit is not made for concurrent use.
/// </summary>
public abstract partial class TestKitBase : IActorRefFactory
{
    private static int _testActorId;

    private readonly ITestKitAssertions _assertions;
    private readonly TestMessageQueue _queue = new();
    private ActorSystem _system = null!;
    private TestKitSettings _testKitSettings = null!;
    private IActorRef _testActor = null!;
    private EventFilterFactory _eventFilter = null!;
    private ILoggingAdapter _log = null!;
    private MessageEnvelope _lastMessage = NullMessageEnvelope.Instance;
    private bool _lastWasNoMsg;
    private TimeSpan? _end;

    /// <summary>Uses <paramref name="system"/>, or starts one with <see cref="DefaultConfig"/>.</summary>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system = null, string? testActorName = null)
        : this(assertions, system, ActorSystemSetup.Empty, null, testActorName)
    {
    }

    /// <summary>Starts an actor system from <paramref name="setup"/>.</summary>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystemSetup setup, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, null, setup, actorSystemName, testActorName)
    {
    }

    /// <summary>Starts an actor system with <paramref name="config"/> over <see cref="DefaultConfig"/>.</summary>
    protected TestKitBase(ITestKitAssertions assertions, Config config, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, null, ActorSystemSetup.Empty.WithSetup(BootstrapSetup.Create().WithConfig(config)), actorSystemName, testActorName)
    {
    }

    /// <summary>Uses <paramref name="system"/>, or starts one from <paramref name="config"/>.</summary>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system, ActorSystemSetup config, string? actorSystemName, string? testActorName)
    {
        _assertions = assertions ?? throw new ArgumentNullException(nameof(assertions), "A test kit needs the assertions of a test framework.");
        InitializeTest(system, config, actorSystemName, testActorName);
    }

    /// <summary>What every test kit's actor system falls back to.</summary>
    public static Config DefaultConfig => TestConfigs.DefaultConfig;

    /// <summary>Logs everything that can be logged, at debug level.</summary>
    public static Config FullDebugConfig { get; } = ConfigurationFactory.ParseString("""
        akka {
          loglevel = DEBUG
          actor.debug {
            receive = on
            autoreceive = on
            lifecycle = on
            event-stream = on
            unhandled = on
            fsm = on
            router-misconfiguration = on
          }
        }
        """);

    /// <summary>Monotonic time. Only differences of it mean anything.</summary>
    public static TimeSpan Now => TestClock.Now;

    /// <summary>The actor system of the test.</summary>
    public ActorSystem Sys => _system;

    /// <summary>The <c>akka.test</c> settings.</summary>
    public TestKitSettings TestKitSettings => _testKitSettings;

    /// <summary>The actor whose messages this kit looks at. On the thread of the test it is also the implicit sender.</summary>
    public IActorRef TestActor => _testActor;

    /// <summary>Who sent the message that was received last.</summary>
    public IActorRef LastSender => _lastMessage.Sender;

    /// <summary>The message that was received last; null if there was none.</summary>
    public object? LastMessage => _lastMessage.Message;

    /// <summary>Whether messages wait to be looked at.</summary>
    public bool HasMessages => _queue.Count > 0;

    /// <summary>Expects or mutes log events.</summary>
    public EventFilterFactory EventFilter => _eventFilter;

    /// <summary>A log for the test itself.</summary>
    public ILoggingAdapter Log => _log;

    internal ITestKitAssertions KitAssertions => _assertions;

    /// <summary>Sets the kit up; the constructors call it.</summary>
    protected virtual void InitializeTest(ActorSystem? system, ActorSystemSetup config, string? actorSystemName, string? testActorName)
    {
        _system = system ?? ActorSystem.Create(actorSystemName ?? "test", WithDefaults(config));
        _system.RegisterExtension(new TestKitExtension());
        _system.RegisterExtension(new TestKitAssertionsExtension(_assertions));
        _testKitSettings = TestKitExtension.For(_system);
        _log = Logging.GetLogger(_system, GetType());
        _eventFilter = new EventFilterFactory(this);
        _testActor = CreateTestActor(_system, testActorName ?? "testActor" + Interlocked.Increment(ref _testActorId), _queue);

        if (this is not TestProbe)
            ImplicitSender.Use(this is INoImplicitSender ? null : (_testActor as LocalActorRef)?.Cell);
    }

    /// <summary>Sets the kit up with a configuration instead of a setup.</summary>
    protected void InitializeTest(ActorSystem? system, Config config, string? actorSystemName, string? testActorName) =>
        InitializeTest(system, ActorSystemSetup.Empty.WithSetup(BootstrapSetup.Create().WithConfig(config)), actorSystemName, testActorName);

    /// <summary>A further test actor, whose messages go to this kit as well.</summary>
    public IActorRef CreateTestActor(string name) => CreateTestActor(_system, name, _queue);

    /// <summary>Another kit in this actor system, with a test actor of its own.</summary>
    public virtual TestProbe CreateTestProbe(string? name = null) => CreateTestProbe(_system, name);

    /// <summary>Another kit in <paramref name="system"/>, with a test actor of its own.</summary>
    public virtual TestProbe CreateTestProbe(ActorSystem system, string? name = null) => new(system, _assertions, name);

    /// <summary>A latch with dilated timeouts that opens after <paramref name="count"/> counts.</summary>
    public virtual TestLatch CreateTestLatch(int count = 1) => new(Dilated, _testKitSettings.DefaultTimeout, count);

    /// <summary>A barrier for <paramref name="count"/> threads.</summary>
    public TestBarrier CreateTestBarrier(int count) => new(this, count, _testKitSettings.DefaultTimeout);

    /// <summary>Expects or mutes log events of another actor system.</summary>
    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);

    /// <summary>Starts an actor.</summary>
    public IActorRef ActorOf(Props props, string? name) => _system.ActorOf(props, name!);

    /// <summary>Starts an actor.</summary>
    public IActorRef ActorOf(Props props) => _system.ActorOf(props);

    /// <summary>Starts an actor that needs no arguments.</summary>
    public IActorRef ActorOf<TActor>() where TActor : ActorBase, new() => _system.ActorOf(Props.Create<TActor>());

    /// <summary>Starts an actor that needs no arguments.</summary>
    public IActorRef ActorOf<TActor>(string name) where TActor : ActorBase, new() => _system.ActorOf(Props.Create<TActor>(), name);

    /// <summary>Starts an actor from its constructor call.</summary>
    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory) where TActor : ActorBase => _system.ActorOf(Props.Create(factory));

    /// <summary>Starts an actor from its constructor call.</summary>
    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory, string name) where TActor : ActorBase => _system.ActorOf(Props.Create(factory), name);

    /// <summary>Selects actors by path.</summary>
    public ActorSelection ActorSelection(ActorPath actorPath) => _system.ActorSelection(actorPath);

    /// <summary>Selects actors by path.</summary>
    public ActorSelection ActorSelection(string actorPath) => _system.ActorSelection(actorPath);

    /// <summary>Selects actors by a path relative to <paramref name="anchorRef"/>.</summary>
    public ActorSelection ActorSelection(IActorRef anchorRef, string actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, _system, anchorRef);

    /// <summary>The duration times <c>akka.test.timefactor</c>; one without end stays so.</summary>
    public TimeSpan Dilated(TimeSpan duration) => duration.IsInfinite() ? duration : duration * _testKitSettings.TestTimeFactor;

    /// <summary>Makes the test actor answer by itself.</summary>
    public void SetAutoPilot(AutoPilot pilot) => _testActor.Tell(new TestActor.SetAutoPilot(pilot), ActorRefs.NoSender);

    /// <summary>Throws away the messages <paramref name="shouldIgnoreMessage"/> says yes to, from now on.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) =>
        _testActor.Tell(new TestActor.SetIgnore(m => shouldIgnoreMessage(m)), ActorRefs.NoSender);

    /// <summary>Throws away messages of one type that <paramref name="shouldIgnoreMessage"/> says yes to, from now on.</summary>
    public void IgnoreMessages<TMsg>(Func<TMsg, bool> shouldIgnoreMessage) =>
        _testActor.Tell(new TestActor.SetIgnore(m => m is TMsg message && shouldIgnoreMessage(message)), ActorRefs.NoSender);

    /// <summary>Throws away messages of one type, from now on.</summary>
    public void IgnoreMessages<TMsg>() => IgnoreMessages<TMsg>(_ => true);

    /// <summary>Throws away nothing any more.</summary>
    public void IgnoreNoMessages() => _testActor.Tell(new TestActor.SetIgnore(null), ActorRefs.NoSender);

    /// <summary>Makes the test actor watch an actor, and returns once it does.</summary>
    public IActorRef Watch(IActorRef actorToWatch) => WatchAsync(actorToWatch).GetAwaiter().GetResult();

    /// <inheritdoc cref="Watch"/>
    public Task<IActorRef> WatchAsync(IActorRef actorToWatch) => SetWatchAsync(actorToWatch, on: true);

    /// <summary>Makes the test actor stop watching an actor, and returns once it did.</summary>
    public IActorRef Unwatch(IActorRef actorToUnwatch) => UnwatchAsync(actorToUnwatch).GetAwaiter().GetResult();

    /// <inheritdoc cref="Unwatch"/>
    public Task<IActorRef> UnwatchAsync(IActorRef actorToUnwatch) => SetWatchAsync(actorToUnwatch, on: false);

    /// <summary>Ends the actor system and waits for it.</summary>
    /// <param name="duration">How long; at most 10 s, 5 s by default, both dilated.</param>
    /// <param name="verifySystemShutdown">Whether a system that does not end fails the test; otherwise it is only logged.</param>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) => Shutdown(_system, duration, verifySystemShutdown);

    /// <inheritdoc cref="Shutdown(TimeSpan?, bool)"/>
    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        var wait = duration ?? Dilated(_testKitSettings.DefaultTimeout).Min(TimeSpan.FromSeconds(10));
        if (system.Terminate().Wait(wait))
            return;
        var message = $"The actor system {system.Name} did not end within {wait}. Its actors:\n{(system as ExtendedActorSystem)?.PrintTree()}";
        if (verifySystemShutdown)
            throw new TimeoutException(message);
        system.Log.Warning("{0}", message);
    }

    IActorRef IActorRefFactory.ActorOf(Props props, string? name) => ActorOf(props, name);

    private async Task<IActorRef> SetWatchAsync(IActorRef subject, bool on)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _testActor.Tell(new InternalTestActor.WatchAndConfirm(subject, on, done), ActorRefs.NoSender);
        await done.Task.WaitAsync(RemainingOrDefault, TestClock.Provider).ConfigureAwait(false);
        return subject;
    }

    private static IActorRef CreateTestActor(ActorSystem system, string name, TestMessageQueue queue)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var props = Props.Create(() => new InternalTestActor(queue, started)).WithDispatcher("akka.test.test-actor.dispatcher");
        var actor = ((ExtendedActorSystem)system).SystemActorOf(props, name);
        var wait = TestKitExtension.For(system).DefaultTimeout;
        if (!started.Task.Wait(wait))
            throw new TimeoutException($"The test actor {actor.Path} did not start within {wait}.");
        return actor;
    }

    private static ActorSystemSetup WithDefaults(ActorSystemSetup setup)
    {
        var given = setup.Get<BootstrapSetup>();
        var bootstrap = given.HasValue ? given.Value : BootstrapSetup.Create();
        return setup.WithSetup(bootstrap.WithConfigFallback(DefaultConfig));
    }
}
