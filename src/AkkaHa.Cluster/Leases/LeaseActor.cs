using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using AkkaHa.Core.Leases;
using AkkaHa.Core.Model;

namespace AkkaHa.Cluster.Leases;

/// <summary>
/// Renews this boot's lease with the voters (<see cref="LeaseHolder"/>), and gets a fresh round for whoever is about to start a guest. What a
/// lease's end means is enforced by the process's lease guard, not here.
/// </summary>
public sealed class LeaseActor : ReceiveActor, IWithTimers
{
    private const int PatienceInRounds = 3;

    private sealed record Renew
    {
        public static Renew Instance { get; } = new();
    }

    private sealed record RoundOver(long Number);

    private sealed record Held(LeaseGranted Granted, string? Problem);

    private sealed record Waiter(IActorRef Who, FreshLeaseRequest Request, long FromRound, TimeSpan Until);

    private readonly NodeContext _node;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private LeaseHolder _holder;
    private ImmutableList<Waiter> _waiters = [];
    private long _newest;
    private bool _underWay;
    private bool? _wasHeld;

    /// <summary>Begins with a round at once.</summary>
    public LeaseActor(NodeContext node)
    {
        _node = node;
        _holder = new LeaseHolder(node.LeaseGuard.Boot, node.Lease.NodeTtl);
        Receive<Renew>(_ =>
        {
            if (!_underWay)
                Begin();
            TellWhetherItIsHeld();
        });
        Receive<LeaseAnswer>(OnAnswer);
        Receive<RoundOver>(OnRoundOver);
        Receive<FreshLeaseRequest>(OnRequest);
        Receive<Held>(OnHeld);
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc />
    protected override void PreStart() => Timers.StartPeriodicTimer("renew", Renew.Instance, TimeSpan.Zero, _node.Lease.Renew);

    private void Begin()
    {
        (_holder, var request) = _holder.Begin(_node.BootTime());
        _newest = request.Number;
        _underWay = true;
        var voters = _holder.Configuration is { } known ? _node.Voters.Union(known.Voters.Keys) : _node.Voters;
        foreach (var voter in voters.Where(_node.Nodes.ContainsKey))
            Context.ActorSelection(_node.PathOn(voter, ActorNames.Grants)).Tell(request);
        Timers.StartSingleTimer("round", new RoundOver(request.Number), _node.Lease.RoundTimeout);
    }

    private void OnAnswer(LeaseAnswer answer)
    {
        (_holder, var granted) = _holder.Hear(answer);
        if (granted is null)
            return;
        _node.LeaseGuard.HoldAsync(_holder.Until!.Value).PipeTo(
            Self, Self, problem => new Held(granted, problem),
            cause => new Held(granted, $"{_node.Self}: the lease could not be put into force: {cause.Message}"));
        if (granted.Number == _newest)
            Next(wasGranted: true);
    }

    // A round that was sent before the request tells nothing of what the voters have promised since.
    private void OnRequest(FreshLeaseRequest request)
    {
        var from = _newest + 1;
        if (!_underWay)
            Begin();
        _waiters = _waiters.Add(new Waiter(Sender, request, from, _node.BootTime() + (_node.Lease.RoundTimeout * PatienceInRounds)));
    }

    private void OnHeld(Held held)
    {
        TellWhetherItIsHeld();
        Answer(w => w.FromRound <= held.Granted.Number, held.Granted.Promised, held.Problem);
    }

    private void OnRoundOver(RoundOver over)
    {
        if (over.Number != _newest)
            return;
        var now = _node.BootTime();
        Answer(w => w.Until <= now, Epoch.None, $"{_node.Self} gets no lease from a majority of the voters: {_holder.WaitsFor()}.");
        if (_underWay)
            Next(wasGranted: false);
    }

    private void Next(bool wasGranted)
    {
        _underWay = false;
        if (_waiters.Any(w => w.FromRound > _newest) || (!wasGranted && !_waiters.IsEmpty))
            Begin();
    }

    private void Answer(Func<Waiter, bool> which, Epoch promised, string? problem)
    {
        foreach (var waiter in _waiters.Where(which))
            waiter.Who.Tell(new FreshLease(waiter.Request.Id, waiter.Request.Token, promised, problem));
        _waiters = _waiters.RemoveAll(w => which(w));
    }

    private void TellWhetherItIsHeld()
    {
        var isHeld = _holder.IsHeld(_node.BootTime());
        if (isHeld == _wasHeld)
            return;
        if (isHeld)
            _log.Info("{0} holds a lease of {1}", _node.Self, _node.Lease.NodeTtl);
        else
            _log.Warning("{0} holds no lease and runs no guest: {1}", _node.Self, _holder.WaitsFor());
        _wasHeld = isHeld;
    }
}
