using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.StateLog;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cluster.Crm;

/// <content>Who votes: the genesis by hand, voters that come, go and are replaced, and the leader's own log kept short.</content>
public sealed partial class CrmActor
{
    private static readonly TimeSpan UpkeepInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IdentityTimeout = TimeSpan.FromSeconds(3);

    private readonly SortedDictionary<NodeName, (VoterChange Change, IActorRef Asker, TimeSpan AskedAt)> _newVoters = [];
    private Configuration? _known;
    private bool _replicaAnswered;
    private TimeSpan _upkeptAt;

    private bool ShouldResign => Campaigns.ShouldResign(
        _replicaAnswered, _reign?.Leader.Configuration ?? _known, _node.Voters, _view.Reachable.Remove(_node.Self));

    private void ReceiveVotes()
    {
        Receive<InitCluster>(_ => OnInit());
        Receive<ChangeVoter>(OnChangeVoter);
        Receive<ReplicaIdentity>(OnReplicaIdentity);
        Receive<VotersRequest>(_ => Sender.Tell(new VotersReply(
            _reign?.Leader.Voters.ToImmutableSortedDictionary(v => v.Key, v => v.Value.Describe()) ?? ImmutableSortedDictionary<NodeName, string>.Empty,
            HasAuthority ? "" : _reign?.Leader.WaitsFor() ?? "the CRM waits to hear a majority of the votes and its own replica of the state log")));
    }

    private void OnInit()
    {
        if (_reign is not { Leader: { Configuration: null, Phase: LeaderPhase.Preparing } })
        {
            Sender.Tell(new CommandRefused(_reign?.Leader.Configuration is { } configuration
                ? $"the cluster has come into being already ({configuration.Describe()})"
                : "no CRM asks the voters now; try again in a moment")
            { IsInputWrong = _reign?.Leader.Configuration is not null });
            return;
        }

        Feed(new ForceGenesis());
        // Entry 0 is the genesis, and its submitter is told when it is committed.
        if (_reign?.Leader.Configuration is not null)
            _submissions[0] = (Sender, "");
        else
            Sender.Tell(new CommandRefused(_reign?.Leader.WaitsFor() ?? "the CRM was deposed"));
    }

    private void OnChangeVoter(ChangeVoter request)
    {
        if (!HasAuthority || _reign!.Leader.Configuration is not { } configuration)
        {
            Sender.Tell(new CommandRefused("no CRM leads now; try again in a moment"));
            return;
        }

        if (ConfigurationChange.RefuseFor(configuration, request.Node, isAdded: request.Change == VoterChange.Add) is { } wrong)
            Sender.Tell(new CommandRefused(wrong) { IsInputWrong = true });
        else if (!_node.Nodes.ContainsKey(request.Node))
            Sender.Tell(new CommandRefused($"{request.Node} is none of the nodes under akkaha.nodes on {_node.Self}; name it there, on every node, first") { IsInputWrong = true });
        else if (request.Change == VoterChange.Remove)
            ProposeVoters(VoterUpkeep.Without(configuration, request.Node), Sender);
        else
        {
            _newVoters[request.Node] = (request.Change, Sender, Now);
            Context.ActorSelection(_node.PathOn(request.Node, ActorNames.Replica)).Tell(ReplicaIdentityRequest.Instance);
        }
    }

    private void OnReplicaIdentity(ReplicaIdentity identity)
    {
        if (!_newVoters.Remove(identity.Node, out var wanted))
            return;
        if (!HasAuthority || _reign!.Leader.Configuration is not { } configuration)
            wanted.Asker.Tell(new CommandRefused("no CRM leads now; try again in a moment"));
        else if (identity.ClusterId != Guid.Empty && identity.ClusterId != configuration.ClusterId)
            wanted.Asker.Tell(new CommandRefused($"the replica of {identity.Node} holds the log of another cluster ({identity.ClusterId}); remove its journal first") { IsInputWrong = true });
        else
            ProposeVoters(VoterUpkeep.With(configuration, new Voter(identity.Node, identity.Replica, identity.StartCounter)), wanted.Asker);
    }

    private void ProposeVoters(SetConfiguration change, IActorRef asker)
    {
        if (_reign!.Leader.Refusal(change, Now) is { } refusal)
            asker.Tell(new CommandRefused(refusal));
        else if (Offer([change]) is { } index)
            _submissions[index] = (asker, "");
        else
            asker.Tell(new CommandRefused("the state log takes in no change of the voters now; try again in a moment"));
    }

    private void KeepVoters()
    {
        foreach (var (node, wanted) in _newVoters.Where(v => Now - v.Value.AskedAt > IdentityTimeout).ToList())
        {
            _newVoters.Remove(node);
            wanted.Asker.Tell(new CommandRefused($"the replica of {node} does not answer: is the daemon of the node running?"));
        }

        if (!HasAuthority || Now - _upkeptAt < UpkeepInterval)
            return;
        _upkeptAt = Now;
        if (VoterUpkeep.ShouldCompact(_reign!.Leader, _node.Log))
            Feed(new Compact(_reign.Leader.CommitIndex, _reign.Committed));
        switch (VoterUpkeep.Next(_reign!.Leader, Now))
        {
            case VoterRepair.Reset reset:
                Context.ActorSelection(_node.PathOn(reset.Node, ActorNames.Replica)).Tell(reset.Request);
                break;
            case VoterRepair.Replace replace:
                _log.Warning("{0}: {1} gets its vote back with the replica that answers there now", _node.Self, replace.Node);
                Offer([replace.Change]);
                break;
            case null:
                break;
        }
    }
}
