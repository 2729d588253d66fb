using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Lets at most a configured number of persistent actors recover at the same time; the others wait in order.</summary>
internal sealed class RecoveryPermitter : UntypedActor
{
    private readonly int _maxPermits;
    private readonly HashSet<IActorRef> _holders = [];
    private readonly LinkedList<IActorRef> _waiting = new();

    public RecoveryPermitter(int maxPermits) => _maxPermits = maxPermits;

    public static Props Props(int maxPermits) => Actor.Props.Create(() => new RecoveryPermitter(maxPermits));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RequestRecoveryPermit:
                Context.Watch(Sender);
                // An actor that restarted during its recovery asks again while it still holds its permit.
                if (_holders.Contains(Sender) || _holders.Count < _maxPermits) Grant(Sender);
                else if (!_waiting.Contains(Sender)) _waiting.AddLast(Sender);
                break;
            case ReturnRecoveryPermit:
                Release(Sender);
                break;
            case Terminated terminated:
                Release(terminated.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Grant(IActorRef actor)
    {
        _holders.Add(actor);
        actor.Tell(RecoveryPermitGranted.Instance, Self);
    }

    private void Release(IActorRef actor)
    {
        Context.Unwatch(actor);
        _waiting.Remove(actor);
        if (!_holders.Remove(actor)) return;
        if (_waiting.First is not { } next) return;
        _waiting.RemoveFirst();
        Grant(next.Value);
    }
}

/// <summary>Asks for leave to recover.</summary>
internal sealed class RequestRecoveryPermit
{
    public static readonly RequestRecoveryPermit Instance = new();
}

/// <summary>The leave to recover.</summary>
internal sealed class RecoveryPermitGranted
{
    public static readonly RecoveryPermitGranted Instance = new();
}

/// <summary>The recovery is over, whichever way it ended.</summary>
internal sealed class ReturnRecoveryPermit
{
    public static readonly ReturnRecoveryPermit Instance = new();
}
