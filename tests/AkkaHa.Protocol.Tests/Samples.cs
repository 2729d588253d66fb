using System.Collections.Immutable;
using AkkaHa.Core.Audit;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Downing;
using AkkaHa.Core.Failures;
using AkkaHa.Core.Health;
using AkkaHa.Core.Leases;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.Rules;
using AkkaHa.Core.StateLog;
using AkkaHa.Core.Storages;
using AkkaHa.Protocol.Downing;
using AkkaHa.Protocol.Formation;
using AkkaHa.Protocol.Lrm;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Protocol.Tests;

/// <summary>At least one message of every type that has a wire form, with every field set.</summary>
internal static class Samples
{
    private static readonly NodeName _pve1 = new("pve1");
    private static readonly NodeName _pve2 = new("pve2");
    private static readonly Peer _peer = new(_pve1, 77);
    private static readonly Electorate _electorate = new(new ConfigurationVersion(2, 11), [_pve1, _pve2]);
    private static readonly Boot _boot = new(_pve1, new BootId("4c1f7d0e-8d3a-4a39-9a7f-0c6b3a3c2b11"));
    private static readonly Session _session = new(_boot, 123_456_789_012);
    private static readonly Epoch _epoch = new(7, _pve1, long.MaxValue);
    private static readonly Token _token = new(_epoch, 42);
    private static readonly ResourceId _vm = ResourceId.Vm(100);
    private static readonly Guid _uuid = new("0f0e0d0c-0b0a-0908-0706-050403020100");

    private static readonly HealthCheck _check = new(HealthKind.Tcp, "10.0.0.5:22")
    {
        Interval = TimeSpan.FromSeconds(11),
        Timeout = TimeSpan.FromSeconds(12),
        Grace = TimeSpan.FromSeconds(13),
        Failures = 14,
        Resets = 15,
        Window = TimeSpan.FromSeconds(16),
    };

    private static readonly ResourceDefinition _definition =
        new(_vm, _uuid, "canary", 512, 2, [new DiskDefinition("nfs", "/mnt/vm/100.raw"), new DiskDefinition("rbd", "pool/100") { Format = DiskFormat.Qcow2, Bus = DiskBus.Scsi, Cache = DiskCache.DirectSync }])
        {
            Hardware = new GuestHardware
            {
                Nics = [new NicDefinition("vmbr0", "52:54:00:00:00:01") { Model = "e1000" }],
                Firmware = new FirmwareDefinition("/usr/share/OVMF/OVMF_CODE.fd", new DiskDefinition("nfs", "/mnt/vm/100.fd")),
                ExtraArguments = ["-device", "virtio-rng-pci"],
            },
            MaxRestart = 3,
            MaxRelocate = 4,
            Group = new GroupName("web"),
            Failback = false,
            BootOrder = 2,
            StartDelay = TimeSpan.FromSeconds(3),
            After = [ResourceId.Vm(99)],
            ReadinessTimeout = TimeSpan.FromSeconds(4),
            Rto = TimeSpan.FromSeconds(5),
            OnStopFailure = StopFailurePolicy.Fence,
            OnStorageFailure = StorageFailurePolicy.Nothing,
            Health = _check,
        };

    private static readonly DateTimeOffset _time = new(2026, 3, 4, 5, 6, 7, 8, TimeSpan.Zero);

    private static readonly ResourceGroup _group =
        new(new GroupName("web"), ImmutableSortedDictionary<NodeName, int>.Empty.Add(_pve1, 2)) { Restricted = true, Failback = true };

    private static readonly AffinityRule _rule =
        new(new RuleName("keep-apart"), AffinityKind.Apart, Strict: true, [_vm, ResourceId.Vm(101)]);

    private static readonly StorageStatus _storage = new(_pve1, "nfs", "nfs", true)
    {
        IsAvailable = false,
        Latency = TimeSpan.FromMilliseconds(3),
        UsedBytes = 1L << 40,
        TotalBytes = 1L << 41,
        LastError = "it did not answer",
    };

    private static readonly LeaseTerms _terms = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), IsArmed: true);

    private static readonly NodeReport _report = new(
        _session, "machine-1", 9, 2048,
        new[]
        {
            new GuestReport(_vm, _uuid, GuestState.Incoming, _token) { Address = "tcp:10.0.0.2:49152" },
            new GuestReport(new ResourceId(ResourceKind.Ct, 7), _uuid, GuestState.Failed, Token.None, "no disk") { Cause = FailureCause.Storage, IsStartingUp = true },
        }.ToImmutableSortedDictionary(g => g.Id, g => g))
    {
        AsOf = 40,
        Terms = _terms,
        LeaseFreeSince = 39,
        ArmedAt = 38,
        IsLeaving = true,
        Cpus = 16,
        MigratesLive = true,
        Storages = ImmutableSortedDictionary.Create<string, StorageSight>(StringComparer.Ordinal)
            .Add("nfs", new StorageSight(IsUp: true)).Add("local", new StorageSight(IsUp: false, IsShared: false, HasFailed: true)),
        Foreign = new ForeignLoad(2, 512, 3),
    };

    private static readonly ImmutableSortedDictionary<NodeName, Voter> _voters =
        ImmutableSortedDictionary<NodeName, Voter>.Empty.Add(_pve1, new Voter(_pve1, _uuid, 3));

    private static readonly VoterIdentity _voter = new(_pve1, _uuid, 3);
    private static readonly Configuration _configuration = new(2, 11, _voters) { ClusterId = _uuid };
    private static readonly Proof _proof = new(_boot, ProofKind.Device, "bmc1", 12);

    private static readonly ImmutableSortedDictionary<NodeName, Acknowledgement> _acknowledged =
        ImmutableSortedDictionary<NodeName, Acknowledgement>.Empty.Add(_pve1, new Acknowledgement(_uuid, _epoch, 41));

    private static readonly ClusterState _state = new()
    {
        ClusterId = _uuid,
        Configuration = _configuration,
        AppliedIndex = 40,
        ShutdownPolicy = ShutdownPolicy.Freeze,
        DisarmedSince = 39,
        Nodes = ImmutableSortedDictionary<NodeName, NodeRecord>.Empty.Add(_pve1, new NodeRecord(_pve1, "machine-1", NodeCondition.Lost)
        {
            Admitted = _boot,
            AdmittedIndex = 11,
            Session = _session,
            EarlierBoots = [new BootId("older")],
            MemoryMib = 1024,
            Cpus = 8,
            MigratesLive = true,
            Maintenance = true,
            Leaving = new Leaving(LeaveKind.Shutdown, ShutdownPolicy.Failover),
            IsQuarantined = true,
            IsFencingApproved = true,
            Losses = [_time],
            LeaseFreeSince = 39,
            Condemned = new Condemnation(_vm, _time, "it does not die"),
            DenialIndex = 12,
            Fence = new FenceAttempt(_boot, 13, true),
            Proof = _proof,
            Reason = "it was downed",
        }),
        Resources = ImmutableSortedDictionary<ResourceId, ResourceRecord>.Empty.Add(_vm, new ResourceRecord(_definition, RequestedState.Started, ActualState.Fence)
        {
            Owner = _session,
            Token = _token,
            MayRun = [_boot],
            FailedStarts = 1,
            FailedNodes = [_pve1],
            Reason = "pve1: no disk",
            LostStorage = "nfs",
            Removed = true,
            Unheard = [_boot],
            UnheardSince = 37,
            LastNode = _pve1,
            ChangedIndex = 38,
            RequestEnd = new RequestEnd(_time, RequestedState.Started),
            StopWithin = TimeSpan.FromSeconds(6),
            Relocations = 1,
            FailedAt = _time,
            Retries = 2,
            RetryAt = _time,
            WaitsSince = _time,
            StartedAt = _time,
            Migration = new Migration(_session, _session, MigrationPhase.Arriving, "maintenance"),
            PreferredNode = _pve1,
            ReturnTo = _pve1,
            FailedMoves = 2,
            FailedTarget = _pve1,
            IsSplit = true,
        }),
        Groups = ImmutableSortedDictionary<GroupName, ResourceGroup>.Empty.Add(_group.Name, _group),
        Affinity = RuleBook.Of([_rule]),
        Incidents = [new Incident(5, "vm:100", "reported twice")],
    };

    private static readonly LogSnapshot _snapshot = new(40, _epoch, _configuration, _state);
    private static readonly RequestHeader _request = new(_pve1, _epoch, _configuration.Version, _voters[_pve1]);
    private static readonly ReplyHeader _reply = new(_pve1, _uuid, 3, _epoch);

    public static ImmutableArray<LogCommand> Commands { get; } =
    [
        new NoOp(),
        new Genesis(_uuid, _voters),
        new SetConfiguration(2, _voters),
        new AdmitBoot(_report),
        new OpenSession(_report),
        new LoseNode(_boot, "it was downed") { At = _time, Quarantines = true, Fences = true },
        new LeaveNode(_report),
        new CondemnNode(_vm, _session, "it does not die", _time),
        new PardonNode(_pve1),
        new ApproveFencing(_pve1),
        new RearmBoot(_session, 41),
        new RecordIncident("pve1", "it is a clone"),
        new StartFence(_boot),
        new ProveBoot(_proof),
        new AddResource(_definition, RequestedState.Ignored) { Node = _pve1 },
        new AddResource(_definition with { Group = null, Failback = null, BootOrder = null, Rto = null }, RequestedState.Started),
        new RemoveResource(_vm) { Purge = true },
        new SetRequested(_vm, RequestedState.Stopped),
        new SetRequested(_vm, RequestedState.Ignored) { Until = _time, StopWithin = TimeSpan.Zero, Digest = 12 },
        new SetResource(_definition) { Requested = RequestedState.Started, Until = _time, StopWithin = TimeSpan.FromSeconds(1), Digest = 0 },
        new SetResource(_definition),
        new PlaceStart(_vm, _session, "fewest resources"),
        new ConfirmStart(_vm, _session, _token),
        new ConfirmStart(_vm, _session, _token) { At = _time },
        new ReleaseUnheard(_vm, [_session], 37),
        new AdoptGuest(_vm, _session, _token),
        new RetryError(_vm, _time),
        new EndRequest(_vm, _time),
        new BeginWait(_vm, _time),
        new PutGroup(_group) { MustBeNew = true, AllowOffline = true },
        new RemoveGroup(_group.Name),
        new PutAffinity(_rule),
        new RemoveAffinity(_rule.Name),
        new ReleaseGuest(_vm, _session, _token, ReleaseCause.StartFailed, "no storage") { Failure = FailureCause.Storage, At = _time },
        new OrderStop(_vm),
        new ReleaseGuest(_vm, _session, _token, ReleaseCause.Died, "it crashed"),
        new ReleaseGuest(_vm, _session, _token, ReleaseCause.Stopped, null),
        new ParkResource(_vm, "it would not stop"),
        new ClearError(_vm),
        new MoveResource(_vm, _pve1, MoveKind.Migrate, "an operator asked") { IsEvacuation = true, IsForced = true },
        new SetMaintenance(_pve1, true),
        new BeginLeave(_pve1, LeaveKind.Shutdown),
        new CancelLeave(_pve1),
        new SetShutdownPolicy(ShutdownPolicy.Migrate),
        new Thaw(_vm),
        new ForgetReturn(_vm),
        new ReleaseNode(_pve1),
        new SetArmed(false, "a switch is replaced"),
        new DeclareSplit(_vm, [_session, _session]),
        new LeaveStorage(_vm, "nfs", _pve2),
        new LeaveStorage(_vm, "nfs", null),
        new HandOver(_vm),
        new AbortMigration(_vm, _token, "the copy failed"),
    ];

    private static ImmutableArray<LogEntry> Entries => [.. Commands.Select((c, i) => new LogEntry(i, _epoch, c))];

    public static IEnumerable<object> All =>
    [
        new Prepare(_request),
        new Prepare(_request with { Addressee = null }),
        new Append(_request, 3, Epoch.None, Entries, 2, 99, _acknowledged),
        new Fetch(_request, 5, 100),
        new InstallSnapshot(_request, _snapshot, 98),
        new RolledBackNotice(_request, _acknowledged[_pve1]),
        new Promise(_reply, 10, _epoch, _epoch, 9, _configuration, _acknowledged, [_configuration]),
        new Promise(_reply, -1, Epoch.None, Epoch.None, -1, null, ImmutableSortedDictionary<NodeName, Acknowledgement>.Empty, []),
        new Appended(_reply, 10, 97),
        new Mismatch(_reply, 10, 4, 96),
        new Fetched(_reply, 5, _snapshot, Entries),
        new Fetched(_reply, 5, null, []),
        new Refused(_reply, new Refusal.PromisedHigher(_epoch)),
        new Refused(_reply, new Refusal.KnowsNewer(_configuration)),
        new Refused(_reply, new Refusal.NotAVoter(LearnerReason.RolledBack)),
        new ReplicaCreated(_uuid),
        new ReplicaStarted(4),
        new Promised(_epoch),
        new EntriesAppended(_epoch, Entries, 3, _acknowledged),
        new LogTruncated(_epoch, 8),
        new SnapshotTaken(_snapshot),
        new SnapshotInstalled(_epoch, _snapshot),
        new ReplicaDemoted(_acknowledged[_pve1]),
        new ReplicaImage([new ReplicaCreated(_uuid), new SnapshotInstalled(_epoch, _snapshot), new EntriesAppended(_epoch, Entries, 3, _acknowledged)]),
        _report,
        new ReportRequest(41),
        new ReopenSession(_session),
        new LeaseRule(_session, IsArmed: false, 39),
        new LeaveAccepted(_session),
        new LeaseRequest(_boot, 77),
        new LeaseAnswer(_voter, _boot, 77, LeaseRefusal.None, _configuration, _epoch),
        new LeaseAnswer(_voter, _boot, 78, LeaseRefusal.NoVote, null, Epoch.None),
        new BoundQuestion(_boot, 12, _configuration.Version, _epoch),
        new BoundAnswer(_voter, new BoundQuestion(_boot, 12, _configuration.Version, _epoch), TimeSpan.FromSeconds(3), null),
        new BoundAnswer(_voter, new BoundQuestion(_boot, 12, _configuration.Version, _epoch), null, "it has no vote"),
        new Order.Start(_session, _definition, _token) { Epoch = _epoch },
        new Order.Start(_session, _definition, _token),
        new Order.Stop(_session, _vm, _token),
        new Order.Stop(_session, _vm, _token) { Within = TimeSpan.FromSeconds(7) },
        new Order.Receive(_session, _definition, _token),
        new Order.Send(_session, _vm, _token, "tcp:10.0.0.2:49152"),
        new Order.Complete(_session, _vm, _token),
        new Order.Continue(_session, _definition, _token),
        new Order.Resume(_session, _vm, _token),
        new Order.Attest(_session, _vm, _token),
        new FormationQuestion(_pve1, 77) { Electorate = _electorate },
        new FormationQuestion(_pve1, 77),
        new FormationAnswer(_pve1, 77, FormationStanding.Quorate, 2)
        {
            Electorate = _electorate,
            Agreement = new Agreement(Agreement.None.Values.Add("akkaha.lease.node-ttl", "10 s")),
        },
        new PromiseRequest(_pve1, 77, 3, new ConfigurationVersion(2, 11)),
        InitCluster.Instance,
        new ChangeVoter(VoterChange.Replace, _pve2),
        new ForceExpected(1, [_pve2], true),
        QuorumRequest.Instance,
        new QuorumStatus
        {
            AnsweredBy = _pve1, ClusterId = _uuid, Electorate = _electorate, IsQuorate = true, Votes = 2, WaitsFor = "a majority",
            Resolver = "all well", OwnReplica = "sound", Voters = [new VoterStatus(_pve2, true, true, "match 5")],
        },
        VotersRequest.Instance,
        new VotersReply(ImmutableSortedDictionary<NodeName, string>.Empty.Add(_pve1, "match 5"), "nothing"),
        ReplicaIdentityRequest.Instance,
        new ReplicaIdentity(_pve1, _uuid, 3, _uuid),
        new ResetReplica(_request, _uuid),
        new PromiseAnswer(_pve1, 3, true),
        new MemberReports(
        [
            new DatedReport(new HearingReport(_peer, 5, [new Peer(_pve2, 78)], true, _electorate), TimeSpan.FromMilliseconds(200)),
            new DatedReport(new HearingReport(new Peer(_pve2, 78), 6, [], false, new Electorate(ConfigurationVersion.None, [_pve2])), TimeSpan.Zero),
        ]),
        new SetProposal(_peer, 12, [_peer, new Peer(_pve2, 78)], new ConfigurationVersion(2, 11)),
        new SetAnswer(_peer, 12, null),
        new SetAnswer(_peer, 12, "it is bound"),
        StatusRequest.Instance,
        new ClusterStatus
        {
            AnsweredBy = _pve1,
            IsStale = true,
            IsQuorate = true,
            Votes = 2,
            ExpectedVotes = 3,
            CrmNode = _pve1,
            Epoch = _epoch,
            CommittedIndex = 40,
            WaitsFor = "a majority",
            Hypervisor = "QEMU",
            Nodes = [new NodeStatus(_pve1, "online", "4c1f", "why", true, true, "under way", true)],
            Resources = [new ResourceStatus(_vm, "canary", "started", "fence", _pve1, "why")],
            Incidents = [new Incident(5, "vm:100", "reported twice")],
            Problems = ["vm:100 is ignored"],
        },
        new ResourceQuery(_vm),
        new ResourceQuery(null),
        new ResourceReply([.. _state.Resources.Values], [_group], [_rule]),
        new ExplainRequest(_vm),
        new ExplainReply(_vm, "it runs", "the fewest", ["group web"],
            [new ExplainedNode(_pve1, "", 2, 3, 4096, true, true), new ExplainedNode(_pve1, "it is offline", null, 0, 0, false, false)]),
        new PlanRequest([_pve1]),
        new PlanReply(true, [new PlannedResource(_vm, _pve1, null, "no room"), new PlannedResource(_vm, null, _pve1, "room")]),
        new ClusterStatus { AnsweredBy = _pve1 },
        .. Commands.Select(c => new Submit(c) { By = "root@pve1" }),
        new CommandAccepted(12),
        new CommandRefused("no"),
        new CommandRefused("no") { IsInputWrong = true },
        new GuestChecks(_session, ImmutableSortedDictionary<ResourceId, HealthCheck>.Empty.Add(_vm, _check)),
        StorageStatusRequest.Instance,
        new StorageStatusReport(_pve1, [_storage, new StorageStatus(_pve2, "local", "dir", false)], [_pve2]),
        OwnStoragesRequest.Instance,
        new OwnStorages(_pve1, [_storage]),
        new FenceTestRequest(_pve1, "bmc"),
        new FenceTestRequest(null, null),
        new FenceTestReport(_pve1, [new FenceTestResult(_pve1, 1, "bmc", "ipmi", true, "off", true, "it is off")]),
        new EventsRequest(5, 10),
        new FenceTestRequest(_pve1, "bmc1"),
        new FenceTestRequest(null, null),
        new FenceTestReport(_pve1, [new FenceTestResult(_pve1, 1, "bmc1", "ipmi", true, "off", true, "it answered")]),
        new EventsReply([new EventRecord(1, DateTimeOffset.UnixEpoch.AddTicks(638_000_000_000_000_000 - DateTimeOffset.UnixEpoch.Ticks), _pve1, EventKinds.CrmActive, "pve1", "leads", _epoch) { By = "root@pve1" }]),
    ];
}
