using System.Collections.Immutable;
using AkkaHa.Core;
using AkkaHa.Simulation.Faults;
using AkkaHa.Simulation.Runs;
using Xunit.Abstractions;

namespace AkkaHa.Simulation.Tests.Mutations;

/// <summary>An oracle that cannot fail proves nothing: each known mistake must be found within a bounded number of seeds.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private static readonly ImmutableArray<FaultKind> Power = [FaultKind.PowerCut, FaultKind.Reset, FaultKind.Partition];

    [Theory]
    [InlineData(KnownBadVariant.NoFencing, 20)]
    [InlineData(KnownBadVariant.EffectBeforeCommit, 5)]
    [InlineData(KnownBadVariant.LoneCluster, 20)]
    [InlineData(KnownBadVariant.PlacementWithoutRestricted, 20)]
    internal void A_known_mistake_is_found(KnownBadVariant mistake, int maxSeeds)
    {
        for (var seed = 1; seed <= maxSeeds; seed++)
        {
            if (Run.Of(Swarm.Draw(seed, OptionsOf(mistake)), mistake).Violation is not { } violation)
                continue;
            output.WriteLine($"found by seed {seed}: {violation}");
            return;
        }

        Assert.Fail($"{maxSeeds} seeds did not find {mistake}.");
    }

    /// <summary>The kinds of faults under which a mistake shows soonest.</summary>
    internal static SwarmOptions OptionsOf(KnownBadVariant mistake) => new()
    {
        SafetySeconds = 120,
        Faults = mistake switch
        {
            KnownBadVariant.NoFencing => Power,
            KnownBadVariant.PlacementWithoutRestricted => Power,
            _ => [],
        },
    };
}
