using Akka.Actor;
using AkkaHa.Core.Crm;

namespace AkkaHa.Cluster.Fencing;

/// <summary>
/// Keeps one <see cref="FenceActor"/> for each open fence attempt. An actor that crashes is started again and resumes the attempt;
/// one whose attempt ended is stopped.
/// </summary>
public sealed class FencingSupervisor : ReceiveActor
{
    private readonly NodeContext _node;
    private readonly IActorRef _events;
    private readonly Dictionary<string, FenceOrder> _attempts = [];

    /// <summary>Begins without an attempt.</summary>
    public FencingSupervisor(NodeContext node, IActorRef events)
    {
        _node = node;
        _events = events;
        Receive<PursueFences>(Pursue);
        Receive<FenceProven>(m => Context.Parent.Tell(m));
        Receive<FenceProgress>(m => Context.Parent.Tell(m));
    }

    /// <inheritdoc />
    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(maxNrOfRetries: -1, withinTimeMilliseconds: -1, localOnlyDecider: _ => Directive.Restart);

    private void Pursue(PursueFences message)
    {
        var open = message.Open.ToDictionary(ActorName);
        foreach (var ended in _attempts.Keys.Except(open.Keys).ToList())
        {
            Context.Stop(Context.Child(ended));
            _attempts.Remove(ended);
        }

        foreach (var (name, order) in open)
        {
            if (_attempts.TryAdd(name, order))
                Context.ActorOf(Props.Create(() => new FenceActor(_node, order, message.Epoch, _events)), name);
            Context.Child(name).Tell(new Proceed(message.Until));
        }
    }

    private static string ActorName(FenceOrder order) =>
        FormattableString.Invariant($"{order.Attempt.Boot.Node}-{order.Attempt.StartedIndex}");
}
