using Akka.Actor.Internal;
using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>The root guardian; beside its children stand some references that are no actors.</summary>
internal sealed class RootActorRef(
    LocalActorRefProvider provider, ActorSystemImpl system, Props props, MessageDispatcher dispatcher, MailboxType mailboxType, IInternalActorRef supervisor, ActorPath path)
    : LocalActorRef(system, props, dispatcher, mailboxType, supervisor, path)
{
    public override IInternalActorRef GetSingleChild(string name) => provider.BesideGuardians(name) ?? base.GetSingleChild(name);
}
