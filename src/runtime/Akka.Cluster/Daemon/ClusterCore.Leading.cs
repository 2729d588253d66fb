namespace Akka.Cluster;

internal sealed partial class ClusterCore
{
    private readonly Dictionary<UniqueAddress, long> _tombstonesSince = [];
    private long? _unconvergedSince;

    /// <summary>What the leader does as soon as the cluster has converged.</summary>
    private void Lead()
    {
        if (_isStopping || !IsMember || !_state.IsLeader || !_state.HasConverged) return;
        Apply(LeaderActions.OnConvergence(_state, _settings.JoinThresholds));
    }

    private void LeadPeriodically()
    {
        if (!IsMember) return;
        if (_state.HasConverged) _unconvergedSince = null;
        else _unconvergedSince ??= _time.GetTimestamp();
        Lead();
        RaiseWithoutConvergence();
        ForgetOldTombstones();
    }

    private void RaiseWithoutConvergence()
    {
        if (_isStopping || !_settings.AllowWeaklyUpMembers || !_state.IsLeader || _unconvergedSince is not { } since) return;
        if (_time.GetElapsedTime(since) >= _settings.WeaklyUpAfter) Apply(LeaderActions.WithoutConvergence(_state, _settings.JoinThresholds));
    }

    private void Apply(LeaderActions.Changes changes)
    {
        if (changes.IsEmpty) return;
        foreach (var member in changes.Changed) _cluster.LogInfo("Leader is moving [{0}] to [{1}]", member.Address, member.Status);
        foreach (var member in changes.Removed)
        {
            _cluster.LogInfo("Leader is removing {0} [{1}]", member.Status, member.UniqueAddress);

            // The last word a downed member that is still in reach can hear: that it is down.
            if (member.Status == MemberStatus.Down && _state.Gossip.Reachability.IsReachable(_self, member.UniqueAddress)) SendGossip(member.UniqueAddress);
        }

        Change(changes.ApplyTo(_state.Gossip));
    }

    /// <summary>
    /// The leader alone forgets tombstones, by its own monotonic clock since it first saw them: a wall clock that jumps must
    /// not bring a member back.
    /// </summary>
    private void ForgetOldTombstones()
    {
        var tombstones = _state.Gossip.Tombstones;
        foreach (var gone in _tombstonesSince.Keys.Where(t => !tombstones.Contains(t)).ToList()) _tombstonesSince.Remove(gone);
        foreach (var tombstone in tombstones) _tombstonesSince.TryAdd(tombstone, _time.GetTimestamp());
        if (_isStopping || !_state.IsLeader || !_state.HasConverged) return;
        var expired = _tombstonesSince.Where(t => _time.GetElapsedTime(t.Value) >= _settings.PruneGossipTombstonesAfter).Select(t => t.Key).ToList();
        if (expired.Count > 0) Change(_state.Gossip.WithoutTombstones(expired));
    }

    /// <summary>Makes what the failure detectors say part of the gossip.</summary>
    private void ReapUnreachable()
    {
        if (!IsMember || _isStopping) return;
        var before = _state.Gossip.Reachability;
        var reachability = before;
        foreach (var member in _state.Gossip.Members)
        {
            if (member.UniqueAddress == _self) continue;
            var isAvailable = _cluster.FailureDetector.IsAvailable(member.Address);
            var wasReachable = before.IsReachable(_self, member.UniqueAddress);
            if (isAvailable == wasReachable) continue;
            reachability = isAvailable
                ? reachability.Reachable(_self, member.UniqueAddress)
                : reachability.Unreachable(_self, member.UniqueAddress);
            if (isAvailable) _cluster.LogInfo("Marking node as REACHABLE [{0}]", member.Address);
            else if (member.Status == MemberStatus.Exiting) _cluster.LogInfo("Marking exiting node as UNREACHABLE [{0}]; this is expected", member.Address);
            else _cluster.LogWarning("Marking node as UNREACHABLE [{0}] [{1}]", member.Address, member.Status);
        }

        if (!ReferenceEquals(reachability, before)) Change(_state.Gossip.WithReachability(reachability));
    }
}
