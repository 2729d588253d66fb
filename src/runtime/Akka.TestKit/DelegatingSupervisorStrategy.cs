using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.TestKit;

/// <summary>A strategy that asks another one, which can be given per child.</summary>
public class DelegatingSupervisorStrategy : SupervisorStrategy
{
    private readonly ConcurrentDictionary<IActorRef, SupervisorStrategy> _perChild = new();

    /// <summary>Starts with the default strategy for every child.</summary>
    public DelegatingSupervisorStrategy()
    {
    }

    /// <inheritdoc/>
    public override IDecider Decider => DefaultStrategy.Decider;

    /// <summary>Uses <paramref name="supervisorStrategy"/> for <paramref name="child"/> from now on.</summary>
    public void Update(IActorRef child, SupervisorStrategy supervisorStrategy) => _perChild[child] = supervisorStrategy;

    /// <inheritdoc/>
    protected override Directive Handle(IActorRef child, Exception exception) => For(child).Decider.Decide(exception);

    /// <inheritdoc/>
    public override void ProcessFailure(IActorContext context, bool restart, IActorRef child, Exception cause, ChildRestartStats stats, IReadOnlyCollection<ChildRestartStats> children) =>
        For(child).ProcessFailure(context, restart, child, cause, stats, children);

    /// <inheritdoc/>
    public override void HandleChildTerminated(IActorContext actorContext, IActorRef child, IEnumerable<IInternalActorRef> children)
    {
        For(child).HandleChildTerminated(actorContext, child, children);
        _perChild.TryRemove(child, out _);
    }

    private SupervisorStrategy For(IActorRef child) => _perChild.TryGetValue(child, out var strategy) ? strategy : DefaultStrategy;
}
