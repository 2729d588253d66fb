using System.Collections.Immutable;

namespace AkkaHa.Simulation.Scenarios;

/// <summary>How a scenario ended.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Differences">What is other than expected, as sentences; none if all is as expected.</param>
/// <param name="Tail">The newest lines of the trace.</param>
public sealed record ScenarioResult(string Name, ImmutableList<string> Differences, ImmutableArray<string> Tail)
{
    /// <summary>Whether all is as expected.</summary>
    public bool IsAsExpected => Differences.IsEmpty;
}
