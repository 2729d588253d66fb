using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Cli.Drills;

/// <summary>A moment of a drill.</summary>
/// <param name="At">Since the fault.</param>
/// <param name="Event">What happened.</param>
/// <param name="Subject">To which node or VM.</param>
/// <param name="Text">The event's sentence.</param>
internal sealed record Moment(TimeSpan At, string Event, string Subject, string Text);

/// <summary>What became of one VM that the fault hit.</summary>
/// <param name="Id">The VM.</param>
/// <param name="From">Where it ran.</param>
/// <param name="To">Where it runs; null if it does not.</param>
/// <param name="Recovery">From the fault to its start; null if it does not run.</param>
internal sealed record VmRecovery(ResourceId Id, NodeName From, NodeName? To, TimeSpan? Recovery);

/// <summary>A test report (DESIGN §11).</summary>
internal sealed record DrillReport
{
    public required string Drill { get; init; }

    public required DateTimeOffset Date { get; init; }

    public required string Method { get; init; }

    public required string Expected { get; init; }

    public required string Hypervisor { get; init; }

    public required string FenceDevice { get; init; }

    public required ImmutableList<Moment> Timeline { get; init; }

    public required ImmutableList<VmRecovery> Vms { get; init; }

    /// <summary>From the fault to the last VM started; null if it was not to be, or did not come to that.</summary>
    public required TimeSpan? Failover { get; init; }

    /// <summary>How often a canary found that somebody else had written on its disk.</summary>
    public required long Conflicts { get; init; }

    /// <summary>What went wrong; empty on PASS.</summary>
    public required ImmutableList<string> Issues { get; init; }

    public string Tester { get; init; } = Environment.UserName;

    public bool Passed => Issues.IsEmpty;
}
