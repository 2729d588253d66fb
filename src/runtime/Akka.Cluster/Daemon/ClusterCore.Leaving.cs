using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster;

internal sealed partial class ClusterCore
{
    private const int InformedOfTheEnd = 5;

    private void Leave(Address address)
    {
        var leaving = _state.Gossip.Members.FirstOrDefault(
            m => m.Address.Equals(address) && m.Status is MemberStatus.Joining or MemberStatus.WeaklyUp or MemberStatus.Up);
        if (leaving is null)
        {
            if (address.Equals(_self.Address) && !IsMember) GiveUpJoining();
            return;
        }

        _cluster.LogInfo("Marked [{0}] as [{1}]", address, MemberStatus.Leaving);
        Change(_state.Gossip.WithMembers([leaving.Copy(MemberStatus.Leaving)]));
    }

    private void Down(Address address)
    {
        var member = _state.Gossip.Members.FirstOrDefault(m => m.Address.Equals(address) && m.Status != MemberStatus.Down);
        if (member is null) _cluster.LogInfo("Ignores the downing of [{0}], which is no member or down already", address);
        else Down(member);
    }

    private void Down(Member? member)
    {
        if (member is null or { Status: MemberStatus.Down } || _isStopping) return;
        _cluster.LogInfo("Marking {0} node [{1}] as [{2}]", _state.Gossip.Reachability.IsReachable(member.UniqueAddress) ? "reachable" : "unreachable", member.Address, MemberStatus.Down);
        Change(_state.Gossip.WithMembers([member.Copy(MemberStatus.Down)]));
    }

    /// <summary>One change for all, so that no node learns of a part of a decision.</summary>
    private void Down(ImmutableHashSet<UniqueAddress> nodes)
    {
        if (_isStopping) return;
        var members = _state.Gossip.Members.Where(m => nodes.Contains(m.UniqueAddress) && m.Status != MemberStatus.Down).ToList();
        if (members.Count == 0) return;
        _cluster.LogInfo("Marking nodes [{0}] as [{1}]", string.Join(", ", members.Select(m => m.Address)), MemberStatus.Down);
        Change(_state.Gossip.WithMembers(members.Select(m => m.Copy(MemberStatus.Down))));
    }

    private void OnQuarantinedBy(Address address)
    {
        // Whoever was removed here may think what it likes of this node; only a member's verdict counts.
        if (!IsMember || _isStopping || !_state.Gossip.Members.Any(m => m.Address.Equals(address) && m.Status != MemberStatus.Down)) return;
        _cluster.LogWarning("[{0}] has put this node in quarantine: it was taken for dead, and ends its actor system", address);
        if (_state.SelfMember is { Status: not MemberStatus.Down } self) Down(self);
    }

    private void OnExitingConfirmed(ExitingConfirmed confirmed)
    {
        if (_isStopping || _state.Gossip.MemberOf(confirmed.Node) is not { Status: MemberStatus.Exiting or MemberStatus.Leaving }) return;
        Hold(new MembershipState(_state.Gossip, _self, _state.ExitingConfirmed.Add(confirmed.Node)));
        Lead();
    }

    private void OnExitingCompleted()
    {
        _cluster.LogInfo("Exiting completed");

        // Whoever may lead next hears of it; the more the less likely this node is waited for until it is found unreachable.
        var potentialLeaders = _state.Gossip.Members
            .Where(m => m.UniqueAddress != _self && m.Status is MemberStatus.Up or MemberStatus.Leaving or MemberStatus.WeaklyUp)
            .Take(InformedOfTheEnd);
        foreach (var member in potentialLeaders) Send(member.UniqueAddress, new ExitingConfirmed(_self));
        Stop();
    }

    private void StopBecauseDown()
    {
        _cluster.LogWarning("This node was downed and ends");
        foreach (var node in _targets.Unaware(_state, InformedOfTheEnd)) SendGossip(node);
        Stop();
        _cluster.Lifecycle.SelfIsDown();
    }

    private void StopBecauseRemoved(UniqueAddress by)
    {
        if (_isStopping) return;
        _cluster.LogWarning("This node was removed from the cluster, as [{0}] says, and ends", by.Address);
        Stop();
        if (_state.SelfMember?.Status != MemberStatus.Exiting) _cluster.Lifecycle.SelfIsDown();
    }
}
