using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;

namespace AkkaHa.Simulation.Devices;

/// <summary>A guest's process on a simulated machine. It outlives the daemon that started it, not the machine's boot.</summary>
internal sealed class Guest(VmDefinition definition, Token token, int processId, TimeSpan spawnedAt)
{
    public ResourceId Id => definition.Id;

    public VmDefinition Definition => definition;

    public Token Token { get; set; } = token;

    public int ProcessId => processId;

    public TimeSpan SpawnedAt => spawnedAt;

    public RunState State { get; set; } = RunState.Prelaunch;

    /// <summary>Where its migration away stands.</summary>
    public MigrationStage Stage { get; set; }

    /// <summary>Where it is being sent.</summary>
    public string? SendsTo { get; set; }

    public bool IsHandingOver { get; set; }
}
