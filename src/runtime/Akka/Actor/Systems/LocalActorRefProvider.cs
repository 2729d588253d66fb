using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Event;
using Akka.Serialization;

namespace Akka.Actor;

/// <summary>Makes actors of this process; other providers stand on it.</summary>
public sealed class LocalActorRefProvider : IActorRefProvider
{
    private readonly TaskCompletionSource<Status> _termination;
    private readonly Dictionary<string, IInternalActorRef> _extraNames = new(StringComparer.Ordinal);
    private long _tempNumber = -1;
    private readonly ActorPath _tempNode;
    private ActorSystemImpl? _system;
    private VirtualPathContainer? _tempContainer;
    private LocalActorRef? _rootGuardian;
    private LocalActorRef? _userGuardian;
    private LocalActorRef? _systemGuardian;

    /// <summary>Called by the runtime.</summary>
    /// <param name="systemName">The name of the system.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="eventStream">Its event stream.</param>
    public LocalActorRefProvider(string systemName, Settings settings, EventStream eventStream) : this(systemName, settings, eventStream, null, null)
    {
    }

    /// <summary>Called by providers that stand on this one.</summary>
    /// <param name="systemName">The name of the system.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="eventStream">Its event stream.</param>
    /// <param name="deployer">The deployments by path; read from the settings if null.</param>
    /// <param name="deadLettersFactory">Makes the dead letters; the usual ones if null.</param>
    public LocalActorRefProvider(string systemName, Settings settings, EventStream eventStream, Deployer? deployer, Func<ActorPath, IInternalActorRef>? deadLettersFactory)
    {
        Settings = settings;
        EventStream = eventStream;
        Deployer = deployer ?? new Deployer(settings);
        RootPath = new RootActorPath(new Address("akka", systemName));
        Log = Logging.GetLogger(eventStream, "LocalActorRefProvider");
        DeadLetters = deadLettersFactory?.Invoke(RootPath / "deadLetters") ?? new DeadLetterActorRef(this, RootPath / "deadLetters", eventStream);
        IgnoreRef = new IgnoreActorRef(this);
        _tempNode = RootPath / "temp";
        _termination = new TaskCompletionSource<Status>(
            Embedded.RuntimeEnvironment.Of(settings.System).IsDeterministic ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <inheritdoc/>
    public IActorRef DeadLetters { get; }

    /// <inheritdoc/>
    public IActorRef IgnoreRef { get; }

    /// <inheritdoc/>
    public Deployer Deployer { get; }

    /// <inheritdoc/>
    public IInternalActorRef RootGuardian => _rootGuardian!;

    /// <inheritdoc/>
    public ActorPath RootPath { get; }

    /// <inheritdoc/>
    public Settings Settings { get; }

    /// <inheritdoc/>
    public LocalActorRef SystemGuardian => _systemGuardian!;

    /// <inheritdoc/>
    public LocalActorRef Guardian => _userGuardian!;

    /// <inheritdoc/>
    public IInternalActorRef TempContainer => _tempContainer!;

    /// <inheritdoc/>
    public Task TerminationTask => _termination.Task;

    /// <summary>The event stream.</summary>
    public EventStream EventStream { get; }

    /// <inheritdoc/>
    public Address DefaultAddress => RootPath.Address;

    /// <inheritdoc/>
    public Information SerializationInformation => field ??= new Information(DefaultAddress, _system!);

    /// <summary>The log of the provider.</summary>
    public ILoggingAdapter Log { get; }

    /// <inheritdoc/>
    public void Init(ActorSystemImpl system)
    {
        _system = system;
        var mailbox = system.Mailboxes.Lookup(Mailboxes.DefaultMailboxId);
        var dispatcher = system.Dispatchers.InternalDispatcher;
        var supervisor = new RootGuardianSupervisor(RootPath, this, _termination, Log);
        var userStrategy = SupervisorStrategyConfigurator.CreateConfigurator(Settings.SupervisorStrategyClass).Create();

        var root = new RootActorRef(this, system, Props.Create<GuardianActor>().WithSupervisorStrategy(new OneForOneStrategy(ex =>
        {
            Log.Error(ex, "guardian failed, shutting down system");
            return Directive.Stop;
        })), dispatcher, mailbox, supervisor, RootPath);
        _rootGuardian = root;
        root.Start();

        _userGuardian = Child(root, "user", system.GuardianProps.GetOrElse(Props.Create<GuardianActor>()).WithSupervisorStrategy(userStrategy), mailbox, dispatcher);
        _systemGuardian = Child(root, "system", Props.Create(() => new SystemGuardianActor(_userGuardian)).WithSupervisorStrategy(SystemStrategy()), mailbox, dispatcher);
        _tempContainer = new VirtualPathContainer(this, _tempNode, root);

        _systemGuardian.SendSystemMessage(new Dispatch.SysMsg.Watch(_userGuardian, _systemGuardian));
        root.SendSystemMessage(new Dispatch.SysMsg.Watch(_systemGuardian, root));
        _userGuardian.Start();
        _systemGuardian.Start();
        EventStream.StartDefaultLoggers(system);
    }

    /// <summary>Puts a reference beside the guardians, before <see cref="Init"/> has run.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="actor">The reference.</param>
    public void RegisterExtraName(string name, IInternalActorRef actor) => _extraNames.Add(name, actor);

    /// <inheritdoc/>
    public IInternalActorRef ActorOf(ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService, Deploy? deploy, bool lookupDeploy, bool async)
    {
        var effective = deploy ?? props.Deploy;
        if (lookupDeploy && !systemService && Deployer.Lookup(path) is { } configured && !ReferenceEquals(configured, Deploy.None))
            effective = configured.WithFallback(effective);
        if (!effective.Equals(props.Deploy))
            props = props.WithDeploy(effective);
        if (!system.Dispatchers.HasDispatcher(props.Dispatcher))
            throw new Configuration.ConfigurationException($"Dispatcher [{props.Dispatcher}] not configured for path {path}");
        var dispatcher = systemService && props.Deploy.Dispatcher == Deploy.NoDispatcherGiven
            ? system.Dispatchers.InternalDispatcher
            : system.Dispatchers.Lookup(props.Dispatcher);
        var mailbox = system.Mailboxes.GetMailboxType(props, dispatcher.Configurator.MailboxId);
        return new LocalActorRef(system, props, dispatcher, mailbox, supervisor, path);
    }

    /// <summary>Makes the reference of an ask and registers it.</summary>
    /// <typeparam name="T">The type of the answer.</typeparam>
    /// <param name="tcs">Gets the answer.</param>
    public FutureActorRef<T> CreateFutureRef<T>(TaskCompletionSource<T> tcs) => new(tcs, TempPath(), this);

    /// <inheritdoc/>
    public Address? GetExternalAddressFor(Address address) => address == RootPath.Address ? address : null;

    /// <inheritdoc/>
    public ActorPath TempPath()
    {
        const string digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";
        var number = Interlocked.Increment(ref _tempNumber);
        Span<char> name = stackalloc char[12];
        var length = 0;
        name[length++] = '$';
        do
        {
            name[length++] = digits[(int)(number & 63)];
            number >>>= 6;
        }
        while (number > 0);
        return new ChildActorPath(_tempNode, new string(name[..length]), 0);
    }

    /// <inheritdoc/>
    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path)
    {
        if (path.Parent != _tempNode)
            throw new ArgumentException($"Cannot register [{path}]: it is not below {_tempNode}.", nameof(path));
        _tempContainer!.AddChild(path.Name, actorRef);
    }

    /// <inheritdoc/>
    public void UnregisterTempActor(ActorPath path)
    {
        if (path.Parent != _tempNode)
            throw new ArgumentException($"Cannot unregister [{path}]: it is not below {_tempNode}.", nameof(path));
        _tempContainer!.RemoveChild(path.Name);
    }

    /// <inheritdoc/>
    public IActorRef RootGuardianAt(Address address)
    {
        if (address == RootPath.Address)
            return RootGuardian;
        Log.Debug("Root guardian at [{0}] is not here: this system is [{1}]", address, RootPath.Address);
        return DeadLetters;
    }

    /// <inheritdoc/>
    public IActorRef ResolveActorRef(string path)
    {
        if (ActorPath.TryParse(path, out var parsed) && parsed.Address == RootPath.Address)
            return ResolveActorRef(parsed);
        if (path == IgnoreRef.Path.ToString())
            return IgnoreRef;
        Log.Debug("Resolve of unknown path [{0}] failed. Invalid format.", path);
        return DeadLetters;
    }

    /// <inheritdoc/>
    public IActorRef ResolveActorRef(ActorPath path)
    {
        if (path.Root == RootPath)
            return ResolveActorRef(RootGuardian, path.ElementsWithUid);
        Log.Debug("Resolve of foreign ActorPath [{0}] failed", path);
        return DeadLetters;
    }

    internal IInternalActorRef ResolveActorRef(IInternalActorRef actorRef, IReadOnlyList<string> elements)
    {
        if (elements.Count == 0)
            return actorRef;
        var found = actorRef.GetChild(elements);
        if (!found.IsNobody())
            return (IInternalActorRef)found;
        Log.Debug("Resolve of path sequence [/{0}] failed", string.Join('/', elements));
        return new EmptyLocalActorRef(_system!.Provider, actorRef.Path / elements, EventStream);
    }

    internal IInternalActorRef? BesideGuardians(string name) => name switch
    {
        "temp" => _tempContainer,
        "deadLetters" => (IInternalActorRef)DeadLetters,
        _ => _extraNames.GetValueOrDefault(name),
    };

    private static LocalActorRef Child(LocalActorRef root, string name, Props props, MailboxType mailbox, MessageDispatcher dispatcher)
    {
        root.Cell.ReserveChild(name);
        var child = new LocalActorRef(root.Cell.SystemImpl, props, dispatcher, mailbox, root, root.Path / name);
        root.Cell.InitChild(child);
        return child;
    }

    private static OneForOneStrategy SystemStrategy() => new(static ex => ex switch
    {
        ActorKilledException or ActorInitializationException => Directive.Stop,
        _ => Directive.Restart,
    });
}
