using AkkaHa.Core.Crm;
using AkkaHa.Core.Downing;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Protocol.Downing;
using AkkaHa.Protocol.Formation;
using AkkaHa.Protocol.Lrm;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Protocol.Wire;

/// <summary>Every message that crosses a wire or enters a journal, by its manifest. A manifest is never given to another type again.</summary>
internal static class Codecs
{
    public static IReadOnlyList<Codec> All { get; } =
    [
        .. StateLogCodecs.All,
        ReplicaImageCodec.Codec,
        .. QuorumCodecs.All,
        .. LeaseMapping.Codecs,
        .. StorageMapping.Codecs,
        .. HealthMapping.Codecs,
        Codec.Of<ReopenSession, ReopenSessionPb>(
            "lrm.reopen", m => new ReopenSessionPb { Session = m.Session.ToWire() }, ReopenSessionPb.Parser, w => new ReopenSession(w.Session.FromWire())),
        Codec.Of<LeaseRule, LeaseRulePb>(
            "lrm.lease", m => new LeaseRulePb { Session = m.Session.ToWire(), Armed = m.IsArmed, Index = m.Index }, LeaseRulePb.Parser,
            w => new LeaseRule(w.Session.FromWire(), w.Armed, w.Index)),
        Codec.Of<LeaveAccepted, LeaveAcceptedPb>(
            "lrm.left", m => new LeaveAcceptedPb { Session = m.Session.ToWire() }, LeaveAcceptedPb.Parser, w => new LeaveAccepted(w.Session.FromWire())),
        Codec.Of<NodeReport, NodeReportPb>("lrm.report", m => m.ToWire(), NodeReportPb.Parser, w => w.FromWire()),
        Codec.Of<ReportRequest, ReportRequestPb>("lrm.report-request", m => new ReportRequestPb { AsOf = m.AsOf }, ReportRequestPb.Parser, w => new ReportRequest(w.AsOf)),
        Codec.Of<Order.Start, OrderPb>("lrm.start", m => m.ToWire(), OrderPb.Parser, w => w.FromWire() as Order.Start ?? throw ModelMapping.Missing("resource definition")),
        Codec.Of<Order.Stop, OrderPb>("lrm.stop", m => m.ToWire(), OrderPb.Parser, w => w.FromWire() as Order.Stop ?? throw ModelMapping.Missing("kind")),
        .. MoveMapping.Orders,
        Codec.Of<FormationQuestion, FormationQuestionPb>("form.ask", m => m.ToWire(), FormationQuestionPb.Parser, w => w.FromWire()),
        Codec.Of<FormationAnswer, FormationAnswerPb>("form.answer", m => m.ToWire(), FormationAnswerPb.Parser, w => w.FromWire()),
        Codec.Of<PromiseRequest, PromiseRequestPb>("form.promise", m => m.ToWire(), PromiseRequestPb.Parser, w => w.FromWire()),
        Codec.Of<PromiseAnswer, PromiseAnswerPb>("form.promised", m => m.ToWire(), PromiseAnswerPb.Parser, w => w.FromWire()),
        Codec.Of<MemberReports, MemberReportsPb>("down.reports", m => m.ToWire(), MemberReportsPb.Parser, w => w.FromWire()),
        Codec.Of<SetProposal, SetProposalPb>("down.propose", m => m.ToWire(), SetProposalPb.Parser, w => w.FromWire()),
        Codec.Of<SetAnswer, SetAnswerPb>("down.answer", m => m.ToWire(), SetAnswerPb.Parser, w => w.FromWire()),
        Codec.Of<StatusRequest, StatusRequestPb>("op.status?", _ => new StatusRequestPb(), StatusRequestPb.Parser, _ => StatusRequest.Instance),
        Codec.Of<ClusterStatus, ClusterStatusPb>("op.status", m => m.ToWire(), ClusterStatusPb.Parser, w => w.FromWire()),
        Codec.Of<Submit, SubmitPb>("op.submit", m => new SubmitPb { Command = m.Command.ToWire(), By = m.By }, SubmitPb.Parser, w => new Submit(w.Command.FromWire()) { By = w.By }),
        Codec.Of<CommandAccepted, CommandAcceptedPb>(
            "op.accepted", m => new CommandAcceptedPb { Index = m.Index }, CommandAcceptedPb.Parser, w => new CommandAccepted(w.Index)),
        Codec.Of<CommandRefused, CommandRefusedPb>(
            "op.refused", m => new CommandRefusedPb { Reason = m.Reason, InputWrong = m.IsInputWrong }, CommandRefusedPb.Parser,
            w => new CommandRefused(w.Reason) { IsInputWrong = w.InputWrong }),
        Codec.Of<ResourceQuery, ResourceQueryPb>("op.resources?", m => m.ToWire(), ResourceQueryPb.Parser, w => w.FromWire()),
        Codec.Of<ResourceReply, ResourceReplyPb>("op.resources", m => m.ToWire(), ResourceReplyPb.Parser, w => w.FromWire()),
        Codec.Of<ExplainRequest, ExplainRequestPb>(
            "op.explain?", m => new ExplainRequestPb { Id = m.Id.ToString() }, ExplainRequestPb.Parser, w => new ExplainRequest(ResourceId.Parse(w.Id))),
        Codec.Of<ExplainReply, ExplainReplyPb>("op.explain", m => m.ToWire(), ExplainReplyPb.Parser, w => w.FromWire()),
        Codec.Of<PlanRequest, PlanRequestPb>("op.plan?", m => m.ToWire(), PlanRequestPb.Parser, w => w.FromWire()),
        Codec.Of<PlanReply, PlanReplyPb>("op.plan", m => m.ToWire(), PlanReplyPb.Parser, w => w.FromWire()),
        Codec.Of<EventsRequest, EventsRequestPb>(
            "op.events?", m => new EventsRequestPb { Since = m.Since, Limit = m.Limit }, EventsRequestPb.Parser, w => new EventsRequest(w.Since, w.Limit)),
        Codec.Of<FenceTestRequest, FenceTestRequestPb>("op.fence-test?", m => m.ToWire(), FenceTestRequestPb.Parser, w => w.FromWire()),
        Codec.Of<FenceTestReport, FenceTestReportPb>("op.fence-test", m => m.ToWire(), FenceTestReportPb.Parser, w => w.FromWire()),
        Codec.Of<EventsReply, EventsReplyPb>("op.events", m => m.ToWire(), EventsReplyPb.Parser, w => w.FromWire()),
    ];
}
