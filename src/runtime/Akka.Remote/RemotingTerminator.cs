using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Remote;

/// <summary>Keeps remoting open until the last actors of users are gone, so that the news of their end gets out, and then closes it.</summary>
internal sealed class RemotingTerminator : UntypedActor
{
    public const string Name = "remoting-terminator";

    private readonly Remoting _remoting;

    public RemotingTerminator(Remoting remoting) => _remoting = remoting;

    protected override void PreStart() => SystemGuardian.Tell(RegisterTerminationHook.Instance);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case TerminationHook:
                var self = Self;
                _remoting.Shutdown(() => self.Tell(Closed.Instance, ActorRefs.NoSender));
                break;
            case Closed:
                SystemGuardian.Tell(TerminationHookDone.Instance);
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static LocalActorRef SystemGuardian => ((ExtendedActorSystem)Context.System).Provider.SystemGuardian;

    private sealed class Closed : INoSerializationVerificationNeeded
    {
        public static Closed Instance { get; } = new();
    }
}
