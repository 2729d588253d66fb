using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote.Associations;
using Akka.Serialization;

namespace Akka.Remote;

/// <summary>Provides references across systems: those of this process come from the local provider, the others are remote references.</summary>
internal class RemoteActorRefProvider : IActorRefProvider
{
    private readonly LocalActorRefProvider _local;
    private Remoting? _remoting;
    private IActorRef? _remoteWatcher;

    /// <summary>Called by the actor system when <c>akka.actor.provider</c> names this class.</summary>
    public RemoteActorRefProvider(string systemName, Settings settings, EventStream eventStream)
    {
        settings.InjectTopLevelFallback(ConfigurationFactory.FromResource<RemoteActorRefProvider>("Akka.Remote.reference.conf"));
        RemoteSettings = new RemoteSettings(settings.Config);
        _local = new LocalActorRefProvider(systemName, settings, eventStream);
    }

    public RemoteSettings RemoteSettings { get; }

    public Remoting Remoting => _remoting ?? throw new InvalidOperationException("Remoting has not been started yet.");

    /// <summary>The actor that watches other systems on behalf of this system's actors.</summary>
    public IActorRef RemoteWatcher => _remoteWatcher ?? throw new InvalidOperationException("Remoting has not been started yet.");

    public IInternalActorRef RootGuardian => _local.RootGuardian;

    public LocalActorRef Guardian => _local.Guardian;

    public LocalActorRef SystemGuardian => _local.SystemGuardian;

    public IActorRef DeadLetters => _local.DeadLetters;

    public IActorRef IgnoreRef => _local.IgnoreRef;

    public ActorPath RootPath => _local.RootPath;

    public Settings Settings => _local.Settings;

    public Deployer Deployer => _local.Deployer;

    public IInternalActorRef TempContainer => _local.TempContainer;

    public Task TerminationTask => _local.TerminationTask;

    public Address DefaultAddress => Remoting.LocalAddress;

    public Information SerializationInformation { get; private set; } = null!;

    public virtual void Init(ActorSystemImpl system)
    {
        _local.Init(system);
        _remoting = new Remoting(system, this);
        _remoting.Start();
        SerializationInformation = new Information(_remoting.LocalAddress, system);
        system.SystemActorOf(RemoteSettings.ConfigureDispatcher(Props.Create(() => new RemotingTerminator(_remoting))), RemotingTerminator.Name);
        _remoteWatcher = CreateRemoteWatcher(system);
    }

    public IInternalActorRef ActorOf(ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService, Deploy? deploy, bool lookupDeploy, bool async) =>
        _local.ActorOf(system, props, supervisor, path, systemService, deploy, lookupDeploy, async);

    public Address? GetExternalAddressFor(Address address)
    {
        if (IsOwn(address))
            return _local.RootPath.Address;
        return address.HasGlobalScope && address.Protocol == DefaultAddress.Protocol ? DefaultAddress : null;
    }

    public IActorRef ResolveActorRef(string path) =>
        ActorPath.TryParse(path, out var parsed) ? ResolveActorRef(parsed) : DeadLetters;

    public IActorRef ResolveActorRef(ActorPath actorPath)
    {
        if (IsOwn(actorPath.Address))
            return _local.ResolveActorRef(_local.RootGuardian, actorPath.ElementsWithUid);
        return actorPath.Address is { HasGlobalScope: true, Port: not null } && actorPath.Address.Protocol == DefaultAddress.Protocol
            ? new RemoteActorRef(this, actorPath)
            : _local.ResolveActorRef(actorPath);
    }

    public IActorRef RootGuardianAt(Address address) =>
        IsOwn(address) ? RootGuardian : ResolveActorRef(new RootActorPath(address));

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path) => _local.RegisterTempActor(actorRef, path);

    public ActorPath TempPath() => _local.TempPath();

    public void UnregisterTempActor(ActorPath path) => _local.UnregisterTempActor(path);

    /// <summary>The actor of this system at a path without an address.</summary>
    public IInternalActorRef ResolveRecipient(string path) =>
        ActorPath.TryParse(RootPath, path, out var parsed) ? _local.ResolveActorRef(_local.RootGuardian, parsed.ElementsWithUid) : (IInternalActorRef)DeadLetters;

    /// <summary>The actor of another system at a path without an address.</summary>
    public IActorRef RemoteRef(Association association, string path) =>
        ActorPath.TryParse(new RootActorPath(association.Remote), path, out var parsed) ? new RemoteActorRef(this, parsed, association) : DeadLetters;

    /// <summary>
    /// Cuts an incarnation of another system off. Without a uid it is not known which one is meant, and the address is only
    /// left alone for <c>akka.remote.retry-gate-closed-for</c>.
    /// </summary>
    public void Quarantine(Address address, int? uid, string reason) => Remoting.AssociationWith(address).Quarantine(uid, reason);

    /// <summary>Starts the remote watcher; a cluster has one of its own kind.</summary>
    protected virtual IActorRef CreateRemoteWatcher(ActorSystemImpl system) => system.SystemActorOf(
        RemoteSettings.ConfigureDispatcher(Remote.RemoteWatcher.Props(
            CreateRemoteWatcherFailureDetector(system),
            RemoteSettings.WatchHeartBeatInterval,
            RemoteSettings.WatchUnreachableReaperInterval,
            RemoteSettings.WatchHeartbeatExpectedResponseAfter)),
        Remote.RemoteWatcher.ActorName);

    /// <summary>The failure detectors of watched systems, as <c>akka.remote.watch-failure-detector</c> says.</summary>
    protected DefaultFailureDetectorRegistry<Address> CreateRemoteWatcherFailureDetector(ActorSystem system) => new(
        () => FailureDetectorLoader.Load(RemoteSettings.WatchFailureDetectorImplementationClass, RemoteSettings.WatchFailureDetectorConfig, system));

    private bool IsOwn(Address address) => address == _local.RootPath.Address || address == DefaultAddress;
}
