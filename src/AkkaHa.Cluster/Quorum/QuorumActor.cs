using Akka.Actor;
using AkkaHa.Cluster.Membership;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cluster.Quorum;

/// <summary>Answers what operators ask about votes and order by hand, on every node, also on one without quorum.</summary>
public sealed class QuorumActor : ReceiveActor
{
    private readonly NodeContext _node;
    private readonly IActorRef _crm;
    private MembershipView _view = MembershipView.Empty;

    /// <summary>Begins to answer.</summary>
    /// <param name="node">The node.</param>
    /// <param name="crm">The proxy of the acting CRM.</param>
    /// <param name="membership">The observer of the membership.</param>
    public QuorumActor(NodeContext node, IActorRef crm, IActorRef membership)
    {
        _node = node;
        _crm = crm;
        membership.Tell(WatchMembership.Instance, Self);
        Receive<MembershipView>(view => _view = view);
        Receive<QuorumRequest>(_ =>
        {
            var (asker, seen) = (Sender, _view);
            Context.ActorOf(Props.Create(() => new QuorumInquiry(_node, _crm, seen, asker)));
        });
        Receive<ForceExpected>(OnForceExpected);
        Receive<InitCluster>(Command);
        Receive<ChangeVoter>(Command);
    }

    private void OnForceExpected(ForceExpected command)
    {
        const string Name = "generation";
        var asker = Sender;
        if (Context.Child(Name).IsNobody())
            Context.ActorOf(Props.Create(() => new GenerationActor(_node, command, asker)), Name);
        else
            asker.Tell(new CommandRefused($"{_node.Self}: such a command is being carried out already."));
    }

    private void Command(IQuorumRequest request) =>
        _crm.Ask<object>(request, _node.Times.AuthorityTtl + _node.Times.StatusTimeout).PipeTo(Sender, Self, failure: cause => cause is AskTimeoutException
            ? new CommandRefused($"{_node.Self}: no CRM answered; whether the command is committed is not known. Ask for the quorum status before giving it again.")
            : new Status.Failure(cause));
}
