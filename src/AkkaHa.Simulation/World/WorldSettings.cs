using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Simulation.World;

/// <summary>What a simulated cluster is made of.</summary>
internal sealed record WorldSettings
{
    /// <summary>Decides about everything that is left to chance.</summary>
    public required long Seed { get; init; }

    /// <summary>The nodes, arbiters included; all of them vote, up to seven.</summary>
    public required ImmutableSortedSet<NodeName> Nodes { get; init; }

    /// <summary>Nodes that vote and run neither a VM nor the CRM.</summary>
    public ImmutableSortedSet<NodeName> Arbiters { get; init; } = [];

    /// <summary>Whether each machine has a power device.</summary>
    public bool HasBmcs { get; init; } = true;

    /// <summary>How long a power device takes to switch; by chance, below a second, if null.</summary>
    public TimeSpan? FenceTime { get; init; }

    /// <summary>Memory that each machine offers to guests, in MiB.</summary>
    public int MemoryMib { get; init; } = 64 * 1024;

    /// <summary>Settings of the nodes over the defaults, as HOCON below <c>akkaha</c>.</summary>
    public string NodeConfiguration { get; init; } = "";

    /// <summary>A file of settings that the nodes' own ones include, as HOCON.</summary>
    public string OwnFile { get; init; } = "";

    /// <summary>How long a guest takes to start.</summary>
    public TimeSpan GuestStartMin { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The longest such time.</summary>
    public TimeSpan GuestStartMax { get; init; } = TimeSpan.FromMilliseconds(900);

    /// <summary>How long a guest takes to shut down.</summary>
    public TimeSpan GuestStopMin { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest such time.</summary>
    public TimeSpan GuestStopMax { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a machine takes from power to its daemon's start.</summary>
    public TimeSpan BootTime { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long a machine stays off that was switched off; for ever if null.</summary>
    public TimeSpan? RepairAfter { get; init; }

    /// <summary>What the actors log from this level on stands in the trace; null for nothing.</summary>
    public string? ActorLogLevel { get; init; }

    /// <summary>Whether every step of the loop goes into the trace's hash.</summary>
    public bool HashSteps { get; init; }
}
