using System.Collections.Immutable;
using AkkaHa.Core.Failures;
using AkkaHa.Core.Leases;
using AkkaHa.Core.Maintenance;

namespace AkkaHa.Core.Model;

/// <summary>Where a node stands in the committed state.</summary>
public enum NodeCondition
{
    /// <summary>Its admitted boot runs and is a member.</summary>
    Online,

    /// <summary>Its admitted boot is lost and denied; whether it is dead is not proven yet.</summary>
    Lost,

    /// <summary>No boot of it runs anything: proven dead, or left cleanly.</summary>
    Offline,
}

/// <summary>How it was proven that a boot runs nothing any more (DESIGN §7, step 5).</summary>
public enum ProofKind
{
    /// <summary>A fence device switched the node off and read that back.</summary>
    Device,

    /// <summary>The self-fence bound passed.</summary>
    Bound,

    /// <summary>The node came back under its pinned identity with another boot.</summary>
    NewBoot,

    /// <summary>The same boot came back and was admitted again, running nothing.</summary>
    EmptyBoot,

    /// <summary>The node left cleanly, running nothing.</summary>
    CleanLeave,

    /// <summary>An operator's word.</summary>
    Operator,
}

/// <summary>A committed proof.</summary>
/// <param name="Boot">The boot that is dead.</param>
/// <param name="Kind">What kind of proof it is.</param>
/// <param name="By">The device or person that gave it.</param>
/// <param name="DenialIndex">The denial it belongs to: void after a later admission.</param>
public sealed record Proof(Boot Boot, ProofKind Kind, string By, long DenialIndex);

/// <summary>A committed fence attempt.</summary>
/// <param name="Boot">The boot to be fenced.</param>
/// <param name="StartedIndex">The log index of its start: orders attempts.</param>
/// <param name="Open">False once it ended with a proof.</param>
public sealed record FenceAttempt(Boot Boot, long StartedIndex, bool Open);

/// <summary>The committed state of one node.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Identity">What a clone cannot have as well: pinned at the first admission.</param>
/// <param name="Condition">Where it stands.</param>
public sealed record NodeRecord(NodeName Name, string Identity, NodeCondition Condition)
{
    /// <summary>How many earlier boots are remembered.</summary>
    public const int MaxEarlierBoots = 64;

    /// <summary>The boot that was admitted last; null before the first admission.</summary>
    public Boot? Admitted { get; init; }

    /// <summary>The log index of that admission: another boot is admitted only if it was heard after it.</summary>
    public long AdmittedIndex { get; init; }

    /// <summary>The newest committed session of that boot; kept when the boot is lost, since an older one is never believed again.</summary>
    public Session? Session { get; init; }

    /// <summary>Boots that a later one has replaced, newest last: dead for ever, so that a late report of one cannot bring it back.</summary>
    public ImmutableList<BootId> EarlierBoots { get; init; } = [];

    /// <summary>Memory in MiB that the node offers to guests.</summary>
    public int MemoryMib { get; init; }

    /// <summary>Processors that the node offers to guests; 0 where it sets no limit.</summary>
    public int Cpus { get; init; }

    /// <summary>Whether its hypervisor moves running guests to and from other nodes.</summary>
    public bool MigratesLive { get; init; }

    /// <summary>What its newest admission says of its self-fence.</summary>
    public LeaseTerms Terms { get; init; } = LeaseTerms.None;

    /// <summary>The log index of the entry that set these terms: leases granted before it may be of other terms.</summary>
    public long TermsIndex { get; init; }

    /// <summary>
    /// The disarming since which its admitted boot may run guests without a lease; null where it may not. Once the cluster is armed again it
    /// stays so until the boot has answered that it goes by its lease: before that no time proves it dead.
    /// </summary>
    public long? LeaseFreeSince { get; init; }

    /// <summary>The log index of the denial in force; null while none is.</summary>
    public long? DenialIndex { get; init; }

    /// <summary>The newest fence attempt.</summary>
    public FenceAttempt? Fence { get; init; }

    /// <summary>Whether an operator has said that its devices may be used though many nodes were lost at once.</summary>
    public bool IsFencingApproved { get; init; }

    /// <summary>The newest proof.</summary>
    public Proof? Proof { get; init; }

    /// <summary>Why it is lost or offline; null while online.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether an operator took it into maintenance.</summary>
    public bool Maintenance { get; init; }

    /// <summary>How it goes away on purpose; null while it stays.</summary>
    public Leaving? Leaving { get; init; }

    /// <summary>Whether it failed so often that nothing is placed there before an operator releases it.</summary>
    public bool IsQuarantined { get; init; }

    /// <summary>When it was taken for lost, newest last.</summary>
    public ImmutableList<DateTimeOffset> Losses { get; init; } = [];

    /// <summary>The guest for which it is to be fenced; null while it is not.</summary>
    public Condemnation? Condemned { get; init; }

    /// <summary>Whether what runs there is to move away.</summary>
    public bool IsEvacuated => Maintenance || Condemned is not null || Leaving is { Policy: ShutdownPolicy.Migrate };

    /// <summary>Whether guests may be started there.</summary>
    public bool IsOnline => Condition == NodeCondition.Online && Session is not null;
}
