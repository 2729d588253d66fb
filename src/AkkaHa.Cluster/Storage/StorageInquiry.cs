using System.Collections.Immutable;
using Akka.Actor;
using AkkaHa.Core.Model;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cluster.Storage;

/// <summary>Asks every member for its storages, and answers with what it has when time is up.</summary>
internal sealed class StorageInquiry : ReceiveActor
{
    private readonly NodeContext _node;
    private readonly ImmutableSortedSet<NodeName> _members;
    private readonly IActorRef _asker;
    private readonly SortedDictionary<NodeName, ImmutableList<StorageStatus>> _answers = [];

    public StorageInquiry(NodeContext node, ImmutableSortedSet<NodeName> members, IActorRef asker)
    {
        _node = node;
        _members = members;
        _asker = asker;
        Receive<OwnStorages>(m =>
        {
            _answers[m.Node] = m.Storages;
            if (_members.All(_answers.ContainsKey))
                Answer();
        });
        Receive<ReceiveTimeout>(_ => Answer());
    }

    protected override void PreStart()
    {
        Context.SetReceiveTimeout(_node.Times.StatusTimeout);
        foreach (var member in _members.Where(_node.Nodes.ContainsKey))
            Context.ActorSelection(_node.PathOn(member, ActorNames.Storage)).Tell(OwnStoragesRequest.Instance);
    }

    private void Answer()
    {
        _asker.Tell(new StorageStatusReport(_node.Self, [.. _answers.Values.SelectMany(s => s)], _members.Except(_answers.Keys)));
        Context.Stop(Self);
    }
}
