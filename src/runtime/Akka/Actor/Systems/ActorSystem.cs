using Akka.Actor.Internal;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>A hierarchy of actors with its dispatchers, its scheduler, its event stream and its configuration.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    /// <summary>The settings.</summary>
    public abstract Settings Settings { get; }

    /// <summary>The name.</summary>
    public abstract string Name { get; }

    /// <summary>The serializers.</summary>
    public abstract Serialization.Serialization Serialization { get; }

    /// <summary>The event stream.</summary>
    public abstract EventStream EventStream { get; }

    /// <summary>Where messages go that have no receiver.</summary>
    public abstract IActorRef DeadLetters { get; }

    /// <summary>Takes every message and forgets it.</summary>
    public abstract IActorRef IgnoreRef { get; }

    /// <summary>The dispatchers.</summary>
    public abstract Dispatchers Dispatchers { get; }

    /// <summary>The mailboxes.</summary>
    public abstract Mailboxes Mailboxes { get; }

    /// <summary>The scheduler.</summary>
    public abstract IScheduler Scheduler { get; }

    /// <summary>The log of the system itself.</summary>
    public abstract ILoggingAdapter Log { get; }

    /// <summary>When it started, since the beginning of 0001 UTC.</summary>
    public TimeSpan StartTime { get; private protected set; }

    /// <summary>For how long it has run.</summary>
    public abstract TimeSpan Uptime { get; }

    /// <summary>Ends when the system has ended and all that was registered for that has run.</summary>
    public abstract Task WhenTerminated { get; }

    /// <summary>Starts a system with the application's default configuration.</summary>
    /// <param name="name">Its name: letters, digits, hyphens and underscores.</param>
    public static ActorSystem Create(string name) => Create(name, ActorSystemSetup.Empty);

    /// <summary>Starts a system.</summary>
    /// <param name="name">Its name: letters, digits, hyphens and underscores.</param>
    /// <param name="config">Its configuration.</param>
    public static ActorSystem Create(string name, Config config) => Create(name, BootstrapSetup.Create().WithConfig(config));

    /// <summary>Starts a system.</summary>
    /// <param name="name">Its name: letters, digits, hyphens and underscores.</param>
    /// <param name="setup">Its configuration and provider.</param>
    public static ActorSystem Create(string name, BootstrapSetup setup) => Create(name, ActorSystemSetup.Create(setup));

    /// <summary>Starts a system.</summary>
    /// <param name="name">Its name: letters, digits, hyphens and underscores.</param>
    /// <param name="setup">Its programmatic settings.</param>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    /// <exception cref="ConfigurationException">Something in the configuration is wrong.</exception>
    public static ActorSystem Create(string name, ActorSystemSetup setup)
    {
        var bootstrap = setup.Get<BootstrapSetup>();
        var config = bootstrap.FlatSelect(static one => one.Config).GetOrElse(null!) ?? ConfigurationFactory.Load();
        var system = new ActorSystemImpl(name, config, setup);
        try
        {
            system.Start();
        }
        catch
        {
            // What has started already must not go on without its system.
            system.Abort();
            throw;
        }

        return system;
    }

    /// <inheritdoc/>
    public abstract IActorRef ActorOf(Props props, string? name = null);

    /// <inheritdoc/>
    public abstract ActorSelection ActorSelection(ActorPath actorPath);

    /// <inheritdoc/>
    public abstract ActorSelection ActorSelection(string actorPath);

    /// <summary>Stops an actor.</summary>
    /// <param name="actor">The actor.</param>
    public abstract void Stop(IActorRef actor);

    /// <summary>Ends the system: its user actors first, then its own, then what was registered.</summary>
    /// <returns>The same as <see cref="WhenTerminated"/>.</returns>
    public abstract Task Terminate();

    /// <summary>Runs something when the actors have ended; what was registered last runs first.</summary>
    /// <param name="code">What to run.</param>
    public abstract void RegisterOnTermination(Action code);

    /// <summary>Registers an extension; made if it is not there yet.</summary>
    /// <param name="extension">Its id.</param>
    /// <returns>The extension.</returns>
    public abstract object RegisterExtension(IExtensionId extension);

    /// <summary>An extension that is registered.</summary>
    /// <param name="extensionId">Its id.</param>
    /// <returns>Null when it is not.</returns>
    public abstract object? GetExtension(IExtensionId extensionId);

    /// <summary>An extension that is registered.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public abstract T GetExtension<T>() where T : class, IExtension;

    /// <summary>Whether an extension is registered.</summary>
    /// <param name="type">Its type.</param>
    public abstract bool HasExtension(Type type);

    /// <summary>Whether an extension is registered.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public abstract bool HasExtension<T>() where T : class, IExtension;

    /// <summary>An extension if it is registered.</summary>
    /// <param name="extensionType">Its type.</param>
    /// <param name="extension">The extension.</param>
    public abstract bool TryGetExtension(Type extensionType, out object? extension);

    /// <summary>An extension if it is registered.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="extension">The extension.</param>
    public abstract bool TryGetExtension<T>(out T? extension) where T : class, IExtension;

    /// <summary>Ends the system without waiting for the end.</summary>
    public void Dispose()
    {
        Terminate();
        GC.SuppressFinalize(this);
    }
}

/// <summary>What of a system is for extensions and not for actors.</summary>
public abstract class ExtendedActorSystem : ActorSystem
{
    /// <summary>Makes actors and finds them.</summary>
    public abstract IActorRefProvider Provider { get; }

    /// <summary>The parent of the actors of users.</summary>
    public abstract IInternalActorRef Guardian { get; }

    /// <summary>Where the lookup of relative paths begins.</summary>
    public abstract IInternalActorRef LookupRoot { get; }

    /// <summary>The parent of the actors of the runtime.</summary>
    public abstract IInternalActorRef SystemGuardian { get; }

    /// <summary>Makes an actor of the runtime.</summary>
    /// <param name="props">How.</param>
    /// <param name="name">Its name; one is made up if null.</param>
    public abstract IActorRef SystemActorOf(Props props, string? name = null);

    /// <summary>Makes an actor of the runtime.</summary>
    /// <typeparam name="TActor">Its type.</typeparam>
    /// <param name="name">Its name; one is made up if null.</param>
    public abstract IActorRef SystemActorOf<TActor>(string? name = null) where TActor : ActorBase, new();

    /// <summary>Ends the system at once, without the phases of a coordinated shutdown.</summary>
    public abstract void Abort();

    /// <summary>The tree of actors as a text, for people.</summary>
    public abstract string PrintTree();
}
