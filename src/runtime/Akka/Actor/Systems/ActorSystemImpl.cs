using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Embedded;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor.Internal;

/// <summary>The one kind of actor system there is.</summary>
public partial class ActorSystemImpl : ExtendedActorSystem
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();
    private readonly TerminationCallbacks _termination;
    private readonly IActorRefProvider _provider;
    private readonly IScheduler _scheduler;
    private readonly long _startedAt;
    private IActorRef? _deadLetterListener;

    /// <summary>Prepares a system with the application's default configuration; <see cref="Start"/> starts it.</summary>
    /// <param name="name">Its name.</param>
    public ActorSystemImpl(string name) : this(name, ConfigurationFactory.Load(), ActorSystemSetup.Empty)
    {
    }

    /// <summary>Prepares a system; <see cref="Start"/> starts it.</summary>
    /// <param name="name">Its name: letters, digits, hyphens and underscores.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="setup">Its programmatic settings.</param>
    /// <param name="guardianProps">Another actor in place of the user guardian.</param>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    public ActorSystemImpl(string name, Config config, ActorSystemSetup setup, Option<Props>? guardianProps = null)
    {
        if (!ValidName().IsMatch(name))
            throw new ArgumentException($"invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-' or '_')", nameof(name));
        ArgumentNullException.ThrowIfNull(config);
        Name = name;
        GuardianProps = guardianProps ?? Option<Props>.None;
        Environment = setup.Get<RuntimeEnvironmentSetup>() is { HasValue: true } chosen ? chosen.Value.Environment : RuntimeEnvironment.Real;
        StartTime = TimeSpan.FromTicks(Environment.Time.GetUtcNow().UtcTicks);
        _startedAt = Environment.Time.GetTimestamp();
        Settings = new Settings(this, config, setup);
        EventStream = new EventStream(Settings.DebugEventStream);
        EventStream.StartStdoutLogger(Settings);
        Log = new BusLogging(EventStream, $"ActorSystem({name})", GetType(), Settings.LogFormatter);
        _scheduler = CreateScheduler();
        _provider = TypeName.Create<IActorRefProvider>(Settings.ProviderClass, "akka.actor.provider", name, Settings, EventStream);
        _termination = new TerminationCallbacks(this, _provider.TerminationTask);
        Mailboxes = new Mailboxes(this);
        Dispatchers = new Dispatchers(this, new DefaultDispatcherPrerequisites(EventStream, _scheduler, Settings, Mailboxes), Log);
        Serialization = new Serialization.Serialization(this);
    }

    /// <inheritdoc/>
    public override IActorRefProvider Provider => _provider;

    /// <inheritdoc/>
    public override Settings Settings { get; }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override Serialization.Serialization Serialization { get; }

    /// <inheritdoc/>
    public override EventStream EventStream { get; }

    /// <inheritdoc/>
    public override IActorRef DeadLetters => _provider.DeadLetters;

    /// <inheritdoc/>
    public override IActorRef IgnoreRef => _provider.IgnoreRef;

    /// <inheritdoc/>
    public override Dispatchers Dispatchers { get; }

    /// <inheritdoc/>
    public override Mailboxes Mailboxes { get; }

    /// <inheritdoc/>
    public override IScheduler Scheduler => _scheduler;

    /// <inheritdoc/>
    public override ILoggingAdapter Log { get; }

    /// <inheritdoc/>
    public override IInternalActorRef Guardian => _provider.Guardian;

    /// <inheritdoc/>
    public override IInternalActorRef LookupRoot => _provider.RootGuardian;

    /// <inheritdoc/>
    public override IInternalActorRef SystemGuardian => _provider.SystemGuardian;

    /// <summary>Another actor in place of the user guardian.</summary>
    public Option<Props> GuardianProps { get; }

    /// <inheritdoc/>
    public override TimeSpan Uptime => Environment.Time.GetElapsedTime(_startedAt);

    /// <inheritdoc/>
    public override Task WhenTerminated => _termination.Ended;

    /// <summary>Where time, threads and chance come from.</summary>
    internal RuntimeEnvironment Environment { get; }

    /// <summary>Starts the system.</summary>
    public void Start()
    {
        _provider.Init(this);
        EventStream.StartUnsubscriber(this);
        if (Settings.LogDeadLetters > 0)
        {
            _deadLetterListener = SystemActorOf<DeadLetterListener>("deadLetterListener");
            DeadLetterListener.Subscribe(EventStream, _deadLetterListener);
        }

        // Loaded always, since the end of the process has to find it.
        CoordinatedShutdown.Get(this);
        LoadExtensions();
        if (Settings.LogConfigOnStart)
            Log.Info(Settings.ToString());
    }

    /// <inheritdoc/>
    public override IActorRef ActorOf(Props props, string? name = null) => _provider.Guardian.Cell.AttachChild(props, isSystemService: false, name);

    /// <inheritdoc/>
    public override IActorRef SystemActorOf(Props props, string? name = null) => _provider.SystemGuardian.Cell.AttachChild(props, isSystemService: true, name);

    /// <inheritdoc/>
    public override IActorRef SystemActorOf<TActor>(string? name = null) => SystemActorOf(Props.Create<TActor>(), name);

    /// <inheritdoc/>
    public override ActorSelection ActorSelection(ActorPath actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, this);

    /// <inheritdoc/>
    public override ActorSelection ActorSelection(string actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, this, _provider.RootGuardian);

    /// <inheritdoc/>
    public override void Stop(IActorRef actor)
    {
        // The parent stops it, so that the name is free only when the actor is gone.
        var parent = actor.Path.Parent;
        if (parent == Guardian.Path)
            Guardian.Tell(new Dispatch.SysMsg.StopChild(actor), ActorRefs.NoSender);
        else if (parent == SystemGuardian.Path)
            SystemGuardian.Tell(new Dispatch.SysMsg.StopChild(actor), ActorRefs.NoSender);
        else
            ((IInternalActorRef)actor).Stop();
    }

    /// <inheritdoc/>
    public override Task Terminate()
    {
        if (Settings.CoordinatedShutdownRunByActorSystemTerminate)
            CoordinatedShutdown.Get(this).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        else
            FinalTerminate();
        return WhenTerminated;
    }

    /// <inheritdoc/>
    public override void Abort() => FinalTerminate();

    /// <inheritdoc/>
    public override void RegisterOnTermination(Action code) => _termination.Add(code);

    /// <inheritdoc/>
    public override object RegisterExtension(IExtensionId extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        var entry = _extensions.GetOrAdd(extension.ExtensionType, _ => new Lazy<object>(() => extension.CreateExtension(this)));
        try
        {
            return entry.Value;
        }
        catch
        {
            // The next one who asks tries again.
            _extensions.TryRemove(new KeyValuePair<Type, Lazy<object>>(extension.ExtensionType, entry));
            throw;
        }
    }

    /// <inheritdoc/>
    public override object? GetExtension(IExtensionId extensionId)
        => TryGetExtension(extensionId.ExtensionType, out var extension) ? extension : null;

    /// <inheritdoc/>
    public override T GetExtension<T>()
        => TryGetExtension<T>(out var extension) ? extension!
            : throw new InvalidOperationException($"No extension of type [{typeof(T)}] is registered in actor system [{Name}].");

    /// <inheritdoc/>
    public override bool HasExtension(Type type) => _extensions.ContainsKey(type);

    /// <inheritdoc/>
    public override bool HasExtension<T>() => HasExtension(typeof(T));

    /// <inheritdoc/>
    public override bool TryGetExtension(Type extensionType, out object? extension)
    {
        var found = _extensions.TryGetValue(extensionType, out var entry);
        extension = entry?.Value;
        return found;
    }

    /// <inheritdoc/>
    public override bool TryGetExtension<T>(out T? extension) where T : class
    {
        var found = TryGetExtension(typeof(T), out var untyped);
        extension = (T?)untyped;
        return found;
    }

    /// <inheritdoc/>
    public override string PrintTree()
    {
        var text = new StringBuilder();
        Print(_provider.RootGuardian, 0);
        return text.ToString();

        void Print(IActorRef actor, int depth)
        {
            text.Append(' ', depth * 2).Append("-> ").Append(depth == 0 ? "/" : actor.Path.Name);
            if (actor is LocalActorRef local)
                text.Append(" (").Append(Logging.SimpleName(local.Cell.Props.Type)).Append(", ").Append(local.Cell.NumberOfMessages).Append(" waiting)");
            text.Append('\n');
            foreach (var child in (actor as ActorRefWithCell)?.Children ?? [])
                Print(child, depth + 1);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => LookupRoot.Path.Root.Address.ToString();

    /// <summary>Ends the actors.</summary>
    internal void FinalTerminate()
    {
        if (!Settings.LogDeadLettersDuringShutdown && _deadLetterListener is not null)
            Stop(_deadLetterListener);
        if (_provider.Guardian is { } guardian)
            guardian.Stop();
        else
            _termination.RunNow();
    }

    /// <summary>Sends a message through its serializer and back, to find out whether that can be done.</summary>
    internal object VerifySerialization(object message, IActorRef receiver)
    {
        if (WrappedMessage.Unwrap(message) is INoSerializationVerificationNeeded || message is IWrappedMessage or IAutoReceivedMessage)
            return message;
        var serializer = Serialization.FindSerializerFor(message);
        var bytes = Serialization.Serialize(message);
        return Serialization.Deserialize(bytes, serializer.Identifier, Akka.Serialization.Serialization.ManifestFor(serializer, message))
            ?? throw new InvalidMessageException($"The message {message} for {receiver} became null in its serializer [{serializer.GetType()}].");
    }

    internal void EndServices()
    {
        (_scheduler as IDisposable)?.Dispose();
        Dispatchers.Shutdown();
    }

    private IScheduler CreateScheduler()
    {
        var type = Settings.SchedulerClass;
        // The published name is understood, so that configurations can be carried over.
        if (string.IsNullOrEmpty(type) || type.Split(',')[0] is "Akka.Actor.HashedWheelTimerScheduler" or "Akka.Actor.TimeProviderScheduler")
            return new TimeProviderScheduler(Settings.Config, Log, Environment);
        return TypeName.Create<IScheduler>(type, "akka.scheduler.implementation", Settings.Config, Log);
    }

    private void LoadExtensions()
    {
        foreach (var name in Settings.Config.GetStringList("akka.extensions"))
        {
            // One extension that cannot be made is told about, and the system starts without it.
            try
            {
                RegisterExtension(TypeName.Create<IExtensionId>(name, "akka.extensions"));
            }
            catch (Exception failure)
            {
                Log.Error(failure, "While trying to load extension [{0}], skipping...", name);
            }
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$")]
    private static partial Regex ValidName();
}
