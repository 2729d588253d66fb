using Akka.Actor;

namespace Akka.Serialization;

/// <summary>For which actor system, and under which address, references of actors are written at the moment.</summary>
public sealed record Information(Address Address, ActorSystem System);
