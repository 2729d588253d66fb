using System.Collections.Immutable;
using AkkaHa.Simulation.Faults;
using AkkaHa.Simulation.Oracles;

namespace AkkaHa.Simulation.Runs;

/// <summary>What came of a run.</summary>
public sealed record RunResult
{
    /// <summary>The plan that was run.</summary>
    public required RunPlan Plan { get; init; }

    /// <summary>The rule that was broken; null if none was.</summary>
    public required Violation? Violation { get; init; }

    /// <summary>How much simulated time passed.</summary>
    public required double SimulatedSeconds { get; init; }

    /// <summary>Steps of the loop.</summary>
    public required long Steps { get; init; }

    /// <summary>How many times a rule was looked at.</summary>
    public required long Checks { get; init; }

    /// <summary>Entries that were committed.</summary>
    public required int Commits { get; init; }

    /// <summary>Proofs that were committed.</summary>
    public required int Proofs { get; init; }

    /// <summary>CRMs that led.</summary>
    public required int Epochs { get; init; }

    /// <summary>Commands of operators that were acknowledged.</summary>
    public required int Acknowledged { get; init; }

    /// <summary>The faults that were injected, by kind.</summary>
    public required ImmutableSortedDictionary<FaultKind, int> Faults { get; init; }

    /// <summary>How long guests that lost their machine did not run, in seconds.</summary>
    public required ImmutableArray<double> OutageSeconds { get; init; }

    /// <summary>How long it took from the healing until all ran; null if it did not come to that.</summary>
    public required double? SettledAfterSeconds { get; init; }

    /// <summary>The newest lines of the trace.</summary>
    public required ImmutableArray<string> Tail { get; init; }

    /// <summary>Of the whole trace: two runs of one plan have the same.</summary>
    public required string Hash { get; init; }
}
