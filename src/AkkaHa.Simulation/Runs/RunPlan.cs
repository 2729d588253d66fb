using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaHa.Simulation.Faults;

namespace AkkaHa.Simulation.Runs;

/// <summary>A command that an operator gives in the course of a run.</summary>
/// <param name="AtSeconds">When, in simulated seconds from the start.</param>
/// <param name="Node">Through which node.</param>
/// <param name="Verb"><c>started</c>, <c>stopped</c>, <c>disabled</c>, <c>ignored</c>, <c>remove</c>, <c>migrate</c> or <c>relocate</c>.</param>
/// <param name="Resource">Of which resource.</param>
/// <param name="To">To which node, where it moves.</param>
public sealed record OperatorStep(double AtSeconds, string Node, string Verb, string Resource, string? To = null);

/// <summary>All that decides about a run: the same plan gives the same run. It can be saved and replayed.</summary>
public sealed record RunPlan
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Decides about what is left to chance within the run.</summary>
    public required long Seed { get; init; }

    /// <summary>How many nodes.</summary>
    public required int Nodes { get; init; }

    /// <summary>Whether one more node votes and runs nothing.</summary>
    public bool HasArbiter { get; init; }

    /// <summary>How many VMs.</summary>
    public required int Vms { get; init; }

    /// <summary>How long faults happen before everything is healed.</summary>
    public required double SafetySeconds { get; init; }

    /// <summary>How many of the VMs a machine has memory for.</summary>
    public int VmsPerMachine { get; init; } = 1000;

    /// <summary>How many of the VMs are restricted to the first node.</summary>
    public int RestrictedVms { get; init; }

    /// <summary>Whether machines have power devices.</summary>
    public bool HasBmcs { get; init; } = true;

    /// <summary>Whether those answer when the machine has no mains.</summary>
    public bool BmcsHaveOwnPower { get; init; } = true;

    /// <summary>After how long somebody switches a machine on again that was switched off.</summary>
    public double RepairSeconds { get; init; } = 40;

    /// <summary>Settings of the nodes over the defaults, as HOCON below <c>akkaha</c>.</summary>
    public string Configuration { get; init; } = "";

    /// <summary>The faults, in any order.</summary>
    public ImmutableArray<Fault> Faults { get; init; } = [];

    /// <summary>The operator's commands, in any order.</summary>
    public ImmutableArray<OperatorStep> Operator { get; init; } = [];

    /// <summary>The plan as a replay file.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <summary>Reads a replay file.</summary>
    /// <exception cref="FormatException">The text is no replay file.</exception>
    public static RunPlan FromJson(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<RunPlan>(text, Format) ?? throw new FormatException("The replay file is empty.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"This is no replay file of a simulation: {e.Message}", e);
        }
    }
}
