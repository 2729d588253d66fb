using Akka.Actor.Internal;
using Akka.Serialization;

namespace Akka.Actor;

/// <summary>Makes the actors of a system and finds them by path.</summary>
public interface IActorRefProvider
{
    /// <summary>The root of the local actors.</summary>
    IInternalActorRef RootGuardian { get; }

    /// <summary>The parent of the actors of users.</summary>
    LocalActorRef Guardian { get; }

    /// <summary>The parent of the actors of the runtime.</summary>
    LocalActorRef SystemGuardian { get; }

    /// <summary>Where messages go that have no receiver.</summary>
    IActorRef DeadLetters { get; }

    /// <summary>Takes every message and forgets it.</summary>
    IActorRef IgnoreRef { get; }

    /// <summary>The path of the root.</summary>
    ActorPath RootPath { get; }

    /// <summary>The settings.</summary>
    Settings Settings { get; }

    /// <summary>The deployments by path.</summary>
    Deployer Deployer { get; }

    /// <summary>Holds the references of asks.</summary>
    IInternalActorRef TempContainer { get; }

    /// <summary>Ends when all actors have ended.</summary>
    Task TerminationTask { get; }

    /// <summary>The address that others know this system by; the local one if there is no remoting.</summary>
    Address DefaultAddress { get; }

    /// <summary>What a serializer needs to write references down.</summary>
    Information SerializationInformation { get; }

    /// <summary>Makes an actor.</summary>
    /// <param name="system">The system.</param>
    /// <param name="props">How.</param>
    /// <param name="supervisor">Its parent.</param>
    /// <param name="path">Its path, with uid.</param>
    /// <param name="systemService">Whether it belongs to the runtime.</param>
    /// <param name="deploy">Its deployment; null to leave it to the props.</param>
    /// <param name="lookupDeploy">Whether the configuration is asked for a deployment.</param>
    /// <param name="async">Whether it may be started later.</param>
    IInternalActorRef ActorOf(ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService, Deploy? deploy, bool lookupDeploy, bool async);

    /// <summary>The address under which another system knows this one; null when it cannot reach it.</summary>
    /// <param name="address">The address of the other system.</param>
    Address? GetExternalAddressFor(Address address);

    /// <summary>Starts the guardians; called by the system, once.</summary>
    /// <param name="system">The system.</param>
    void Init(ActorSystemImpl system);

    /// <summary>Makes the reference of an ask findable.</summary>
    /// <param name="actorRef">The reference.</param>
    /// <param name="path">Its path.</param>
    void RegisterTempActor(IInternalActorRef actorRef, ActorPath path);

    /// <summary>Takes the reference of an ask away.</summary>
    /// <param name="path">Its path.</param>
    void UnregisterTempActor(ActorPath path);

    /// <summary>A path for the reference of an ask.</summary>
    ActorPath TempPath();

    /// <summary>The reference that is written so.</summary>
    /// <param name="path">The written form.</param>
    /// <returns>The dead letters, or a reference of an actor that is not there, when there is none.</returns>
    IActorRef ResolveActorRef(string path);

    /// <summary>The reference of that path.</summary>
    /// <param name="actorPath">The path.</param>
    IActorRef ResolveActorRef(ActorPath actorPath);

    /// <summary>The root of the system at an address.</summary>
    /// <param name="address">The address.</param>
    IActorRef RootGuardianAt(Address address);
}
