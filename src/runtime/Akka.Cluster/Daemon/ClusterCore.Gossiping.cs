namespace Akka.Cluster;

internal sealed partial class ClusterCore
{
    private const int PromptTargets = 5;
    private const int PromptRoundsPerInterval = 10;
    private long _lastPromptAt;
    private bool _hasPrompted;
    private Gossip? _lastToLeader;

    private void OnGossip(GossipEnvelope envelope)
    {
        if (WhyIgnored(envelope) is { } reason)
        {
            if (envelope.To == _self && !_state.Gossip.HasMember(envelope.From)) AnswerStranger(envelope.From);
            if (_settings.VerboseGossipReceivedLogging) _cluster.LogInfo("Gossip from [{0}] is ignored: {1}", envelope.From.Address, reason);
            return;
        }

        if (envelope.Gossip.Tombstones.Contains(_self))
        {
            StopBecauseRemoved(envelope.From);
            return;
        }

        var before = _state.Gossip;
        var (gossip, relation, talkBack) = GossipReception.Receive(before, envelope.Gossip, _self);
        if (_settings.VerboseGossipReceivedLogging) _cluster.LogInfo("Gossip from [{0}] is {1}: {2}", envelope.From.Address, relation, envelope.Gossip);
        if (!ReferenceEquals(gossip, before)) Adopt(gossip);
        if (talkBack && !_isStopping && _state.Gossip.HasMember(envelope.From)) SendGossip(envelope.From);
    }

    private string? WhyIgnored(GossipEnvelope envelope)
    {
        var local = _state.Gossip;
        if (envelope.To != _self) return $"it is meant for another incarnation ({envelope.To.Uid})";
        if (envelope.ArrivedAt != 0 && _time.GetElapsedTime(envelope.ArrivedAt) > _settings.GossipTimeToLive) return "it has waited too long";
        if (!local.HasMember(envelope.From)) return "it comes from no member";
        if (!local.Reachability.IsReachable(_self, envelope.From)) return "it comes from a member that this node does not reach";
        if (!envelope.Gossip.HasMember(_self) && !envelope.Gossip.Tombstones.Contains(_self)) return "this node is not in it";
        return null;
    }

    /// <summary>
    /// Somebody takes this node for a fellow member and is none here: it was removed, which the gossip tells it, or whoever let
    /// it in was gone before anybody heard of it, and then it may join again.
    /// </summary>
    private void AnswerStranger(UniqueAddress node)
    {
        if (_state.Gossip.Tombstones.Contains(node)) SendGossip(node);
        else if (MayAdmit) Send(node, new InitJoinAck(_self.Address));
    }

    private void OnStatus(GossipStatus status)
    {
        var local = _state.Gossip;
        if (!local.HasMember(status.From) || !local.Reachability.IsReachable(_self, status.From)) return;
        switch (status.Version.CompareTo(local.Version))
        {
            case VectorClock.Ordering.After:
                SendStatus(status.From);
                break;
            case VectorClock.Ordering.Same when status.SeenDigest == SeenDigest.Of(local.Seen):
                break;
            default:
                SendGossip(status.From);
                break;
        }
    }

    private void GossipPeriodically()
    {
        if (!IsMember || _targets.Choose(_state) is not { } node) return;
        if (_state.Gossip.SeenByNode(node)) SendStatus(node);
        else SendGossip(node);
    }

    /// <summary>
    /// News does not wait for the next interval. Rounds are spaced by a fraction of it, so that a storm of changes
    /// costs a bounded number of messages.
    /// </summary>
    private void GossipSoon()
    {
        if (!IsMember || Timers.IsTimerActive(Tick.GossipSoon)) return;
        var spacing = _settings.GossipInterval / PromptRoundsPerInterval;
        var since = _hasPrompted ? _time.GetElapsedTime(_lastPromptAt) : spacing;
        if (since >= spacing) GossipNow();
        else Timers.StartSingleTimer(Tick.GossipSoon, Tick.GossipSoon, spacing - since);
    }

    private void GossipNow()
    {
        if (!IsMember) return;
        _hasPrompted = true;
        _lastPromptAt = _time.GetTimestamp();
        foreach (var node in _targets.Unaware(_state, PromptTargets)) SendGossip(node);

        // Convergence is the leader's business: it hears of every sight as soon as there is one, whoever it is from.
        if (_state.Leader is not { } leader || leader == _self || ReferenceEquals(_lastToLeader, _state.Gossip)) return;
        _lastToLeader = _state.Gossip;
        SendGossip(leader);
    }

    private void SendGossip(UniqueAddress node) => Send(node, new GossipEnvelope(_self, node, _state.Gossip, 0));

    private void SendStatus(UniqueAddress node) =>
        Send(node, new GossipStatus(_self, _state.Gossip.Version, SeenDigest.Of(_state.Gossip.Seen)));
}
