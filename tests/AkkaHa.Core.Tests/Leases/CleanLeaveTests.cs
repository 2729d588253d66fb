using System.Collections.Immutable;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Failures;
using AkkaHa.Core.Leases;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Tests.Leases;

public class CleanLeaveTests
{
    private static readonly NodeName _pve1 = new("pve1");
    private static readonly Session _session = new(new Boot(_pve1, new BootId("b1")), 10);
    private static readonly ResourceId _vm = ResourceId.Vm(100);
    private readonly ManagerSettings _settings = ManagerSettings.Default with { SilenceLimit = TimeSpan.FromSeconds(30) };
    private ClusterState _state = ClusterState.Empty;

    public CleanLeaveTests()
    {
        Do(new Genesis(Guid.NewGuid(), ImmutableSortedDictionary<NodeName, Voter>.Empty.Add(_pve1, new Voter(_pve1, Guid.NewGuid(), 1))));
        Do(new AdmitBoot(Report()));
    }

    private NodeRecord Node => _state.Nodes[_pve1];

    [Fact]
    public void A_node_that_leaves_with_nothing_running_is_proven_and_never_fenced()
    {
        var command = Assert.Single(Decide(Report() with { IsLeaving = true }));
        Assert.Null(Do(command));
        Assert.Equal(ProofKind.CleanLeave, Node.Proof!.Kind);
        Assert.Equal(NodeCondition.Offline, Node.Condition);
        Assert.Empty(Manager.Decide(_state, Seen(null) with { Members = [], Now = TimeSpan.FromHours(9) }, _settings));
        Assert.Equal([_session], Orders.Left(_state, Seen(Report() with { IsLeaving = true })));
    }

    [Fact]
    public void An_order_that_was_committed_after_its_last_report_does_not_bind_the_resource_to_it()
    {
        Do(new AddResource(new ResourceDefinition(_vm, Guid.NewGuid(), "", 64, 1, []), RequestedState.Started));
        Do(new PlaceStart(_vm, _session, "for the test"));
        Do(new LeaveNode(Report() with { IsLeaving = true }));
        Assert.Empty(_state.Resources[_vm].MayRun);
        Assert.Equal(ActualState.Recovery, _state.Resources[_vm].Actual);
    }

    [Fact]
    public void It_does_not_leave_cleanly_while_a_guest_runs_nor_in_another_session()
    {
        var guests = ImmutableSortedDictionary<ResourceId, GuestReport>.Empty.Add(_vm, new GuestReport(_vm, Guid.NewGuid(), GuestState.Running, Token.None));
        Assert.Contains("only when nothing runs", Do(new LeaveNode(Report() with { IsLeaving = true, Guests = guests })), StringComparison.Ordinal);
        Assert.NotNull(Do(new LeaveNode(Report() with { IsLeaving = true, Session = _session with { StartedAtNanos = 11 } })));
        Assert.NotNull(Do(new LeaveNode(Report())));
        Assert.Equal(NodeCondition.Online, Node.Condition);
    }

    [Fact]
    public void It_comes_back_with_a_new_session()
    {
        Do(new LeaveNode(Report() with { IsLeaving = true }));
        Assert.NotNull(Do(new AdmitBoot(Report())));
        Assert.Null(Do(Assert.Single(Decide(Report() with { Session = _session with { StartedAtNanos = 11 } }))));
        Assert.Equal(NodeCondition.Online, Node.Condition);
    }

    [Fact]
    public void A_change_of_its_self_fence_is_a_new_admission()
    {
        var armed = new LeaseTerms(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), IsArmed: true);
        var report = Report() with { Session = _session with { StartedAtNanos = 11 }, Terms = armed };
        Assert.Contains("needs a new admission", Do(new OpenSession(report)), StringComparison.Ordinal);
        Assert.Null(Do(Assert.IsType<AdmitBoot>(Assert.Single(Decide(report)))));
        Assert.Equal((armed, _state.AppliedIndex), (Node.Terms, Node.TermsIndex));
        Do(new OpenSession(report with { Session = _session with { StartedAtNanos = 12 } }));
        Assert.NotEqual(_state.AppliedIndex, Node.TermsIndex);
    }

    [Fact]
    public void A_clone_is_an_incident_once_and_is_not_admitted()
    {
        var clone = Report() with { Identity = "machine-9", Session = new Session(new Boot(_pve1, new BootId("b2")), 1), AsOf = 99 };
        Assert.Null(Do(Assert.IsType<RecordIncident>(Assert.Single(Decide(clone)))));
        Assert.Contains("has the identity machine-9", Assert.Single(_state.Incidents).Text, StringComparison.Ordinal);
        Assert.Empty(Decide(clone));
        Assert.Equal(_session, Node.Session);
    }

    [Fact]
    public void A_member_whose_LRM_is_silent_too_long_is_lost_fenced_and_welcome_again_when_it_speaks()
    {
        var silent = Seen(null) with
        {
            Now = TimeSpan.FromSeconds(130),
            HeardAt = ImmutableSortedDictionary<NodeName, TimeSpan>.Empty.Add(_pve1, TimeSpan.FromSeconds(101)),
        };
        Assert.Empty(Manager.Decide(_state, silent, _settings));
        silent = silent with { Now = TimeSpan.FromSeconds(131) };
        Do(Assert.IsType<LoseNode>(Assert.Single(Manager.Decide(_state, silent, _settings))));
        Assert.Contains("reported nothing for 30 s", Node.Reason, StringComparison.Ordinal);
        Assert.IsType<StartFence>(Assert.Single(Manager.Decide(_state, silent, _settings)));
        Assert.Empty(Manager.Decide(_state, silent, _settings with { Fenceable = [] }));
        Assert.IsType<AdmitBoot>(Assert.Single(Decide(Report())));
    }

    private ImmutableList<LogCommand> Decide(NodeReport report) => Manager.Decide(_state, Seen(report), _settings);

    private string? Do(LogCommand command)
    {
        var applied = ClusterStateMachine.Apply(_state, new LogEntry(_state.AppliedIndex + 1, new Epoch(1, _pve1, 1), command));
        _state = applied.State;
        return applied.Refusal;
    }

    private static NodeReport Report() => new(_session, "machine-1", 1, 1000, ImmutableSortedDictionary<ResourceId, GuestReport>.Empty);

    private static Observations Seen(NodeReport? report) => new()
    {
        Now = TimeSpan.FromSeconds(100),
        LeadingSince = TimeSpan.Zero,
        Members = [_pve1],
        Reports = report is null
            ? ImmutableSortedDictionary<NodeName, NodeReport>.Empty
            : ImmutableSortedDictionary<NodeName, NodeReport>.Empty.Add(_pve1, report),
    };
}
