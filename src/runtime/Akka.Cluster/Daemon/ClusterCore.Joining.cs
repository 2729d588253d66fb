using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster;

internal sealed partial class ClusterCore
{
    private static readonly TimeSpan ShortestJoinRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestJoinRetry = TimeSpan.FromSeconds(1);

    private Address? _joining;
    private long _joiningSince;
    private long _memberSince;
    private ImmutableList<Address> _seedNodes = [];
    private bool _hasGivenUpJoining;
    private IActorRef? _seedJoiner;
    private long _seedJoiners;

    private TimeSpan JoinRetry => TimeSpan.FromTicks(Math.Clamp(_settings.GossipInterval.Ticks, ShortestJoinRetry.Ticks, LongestJoinRetry.Ticks));

    private void JoinSeedNodes(ImmutableList<Address> seedNodes)
    {
        if (IsMember)
        {
            _cluster.LogInfo("Is a member already and joins no seed nodes");
            return;
        }

        StopSeedJoiner();
        StopJoining();
        _seedNodes = seedNodes;
        if (seedNodes.IsEmpty) return;
        if (seedNodes.TrueForAll(_self.Address.Equals))
        {
            JoinTo(_self.Address);
            return;
        }

        var core = Self;
        var join = new SeedJoiner.Order(_self.Address, seedNodes, _settings.SeedNodeTimeout, JoinRetry, _settings.ShutdownAfterUnsuccessfulJoinSeedNodes);
        _seedJoiner = Context.ActorOf(
            Props.Create(() => new SeedJoiner(_cluster, core, join)).WithDispatcher(_settings.UseDispatcher).WithDeploy(Deploy.Local), $"seedJoiner-{++_seedJoiners}");
    }

    private void JoinTo(Address address)
    {
        if (!IsSameCluster(address))
        {
            _cluster.LogWarning("Cannot join [{0}]: it has another protocol or actor system name than this node", address);
            return;
        }

        if (IsMember)
        {
            _cluster.LogInfo("Is a member already and does not join [{0}]", address);
            return;
        }

        if (Sender is { } sender && sender.Equals(_seedJoiner)) _seedJoiner = null;
        else StopSeedJoiner();
        StopJoining();
        if (address.Equals(_self.Address))
        {
            _cluster.LogInfo("Forms a new cluster");
            Change(Gossip.Empty.WithMembers([Member.Joining(_self, _cluster.SelfRoles, _settings.AppVersion)]));
            return;
        }

        _joining = address;
        _joiningSince = _time.GetTimestamp();
        Timers.StartPeriodicTimer(Tick.JoinAgain, Tick.JoinAgain, JoinRetry);
        AskToJoin();
    }

    private void AskToJoin() => CoreAt(_joining!).Tell(new Join(_self, _cluster.SelfRoles, _settings.AppVersion), Self);

    private void JoinAgain()
    {
        if (_joining is null) return;
        var startOver = _settings.RetryUnsuccessfulJoinAfter is { } limit && _time.GetElapsedTime(_joiningSince) >= limit;
        if (!startOver)
        {
            AskToJoin();
            return;
        }

        _cluster.LogWarning("[{0}] has not let this node in; it starts joining over", _joining);
        if (_seedNodes.IsEmpty) JoinTo(_joining);
        else JoinSeedNodes(_seedNodes);
    }

    private void GiveUpJoining()
    {
        StopSeedJoiner();
        StopJoining();
        _hasGivenUpJoining = true;
    }

    /// <summary>
    /// This node stopped joining, but somebody had let it in already. A member that takes no part would keep
    /// that cluster from converging for ever, so it takes part just long enough to leave.
    /// </summary>
    private void OnAdmittedTooLate(Gossip gossip)
    {
        if (IsMember || !_hasGivenUpJoining || !gossip.HasMember(_self)) return;
        _memberSince = _time.GetTimestamp();
        Adopt(gossip.SeenBy(_self));
        Leave(_self.Address);
    }

    private void StopJoining()
    {
        _hasGivenUpJoining = false;
        _joining = null;
        Timers.Cancel(Tick.JoinAgain);
    }

    private void StopSeedJoiner()
    {
        if (_seedJoiner is null) return;
        Context.Stop(_seedJoiner);
        _seedJoiner = null;
    }

    private void OnInitJoin()
    {
        object answer = MayAdmit ? new InitJoinAck(_self.Address) : new InitJoinNack(_self.Address);
        Sender.Tell(answer, Self);
    }

    /// <summary>Answers a joiner that its fellows do not know; a young joiner has only been faster than the news of it.</summary>
    private void OnInitJoinAck(InitJoinAck ack)
    {
        if (_state.SelfMember is { Status: MemberStatus.Joining } && _time.GetElapsedTime(_memberSince) > 2 * LongestJoinRetry)
            CoreAt(ack.Address).Tell(new Join(_self, _cluster.SelfRoles, _settings.AppVersion), Self);
    }

    private bool MayAdmit => !_isStopping && _state.SelfMember is { Status: not (MemberStatus.Down or MemberStatus.Exiting) };

    private void OnJoin(Join join)
    {
        var node = join.Node;
        if (!MayAdmit || node == _self) return;
        if (!IsSameCluster(node.Address))
        {
            _cluster.LogWarning("[{0}] asks to join, but has another protocol or actor system name than this cluster", node.Address);
            return;
        }

        var gossip = _state.Gossip;
        if (gossip.Tombstones.Contains(node))
        {
            _cluster.LogWarning("[{0}] asks to join, but this incarnation of it was removed before. It must start a new actor system.", node.Address);
            return;
        }

        if (gossip.HasMember(node))
        {
            Send(node, new Welcome(_self, _state.Gossip));
            return;
        }

        // The joiner asks again until it is let in, so nothing is lost by making it wait for the end of its predecessor.
        if (gossip.Members.FirstOrDefault(m => m.Address.Equals(node.Address)) is { } predecessor)
        {
            if (predecessor.Status == MemberStatus.Down) return;
            _cluster.LogInfo("A new incarnation of [{0}] asks to join: the old one is gone and is downed first", node.Address);
            Down(predecessor);
            return;
        }

        _cluster.LogInfo("[{0}] joins, roles [{1}], version [{2}]", node.Address, string.Join(", ", join.Roles.Order(StringComparer.Ordinal)), join.AppVersion);
        _cluster.FailureDetector.Remove(node.Address);
        Change(gossip.WithMembers([Member.Joining(node, join.Roles, join.AppVersion)]));
        if (_state.Gossip.HasMember(node)) Send(node, new Welcome(_self, _state.Gossip));
    }

    private void OnWelcome(Welcome welcome)
    {
        if (IsMember) return;
        if (_joining is null)
        {
            OnAdmittedTooLate(welcome.Gossip);
            return;
        }

        if (!welcome.From.Address.Equals(_joining))
        {
            _cluster.LogInfo("Was welcomed by [{0}], but asked [{1}] to join", welcome.From.Address, _joining);
            return;
        }

        if (!welcome.Gossip.HasMember(_self)) return;
        StopJoining();
        _cluster.LogInfo("Welcome from [{0}]", welcome.From.Address);
        _memberSince = _time.GetTimestamp();
        Adopt(welcome.Gossip.SeenBy(_self));
        if (!_isStopping) SendGossip(welcome.From);
    }

    private bool IsSameCluster(Address address) => address.Protocol == _self.Address.Protocol && address.System == _self.Address.System;
}
