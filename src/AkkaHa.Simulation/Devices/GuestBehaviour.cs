using AkkaHa.Core.Model;

namespace AkkaHa.Simulation.Devices;

/// <summary>How one resource's driver misbehaves.</summary>
internal sealed class GuestBehaviour
{
    private int _failedStarts;
    private int _failedMigrations;

    /// <summary>So many starts fail before one succeeds, counted over all nodes, then again from zero.</summary>
    public int StartFailures { get; init; }

    /// <summary>The same for live migrations.</summary>
    public int MigrationFailures { get; init; }

    /// <summary>A stop never succeeds.</summary>
    public bool StopFails { get; init; }

    /// <summary>The failures happen on that node alone; everywhere if null.</summary>
    public NodeName? OnlyOn { get; init; }

    public bool FailsStart(NodeName node) => Concerns(node) && Count(ref _failedStarts, StartFailures);

    public bool FailsMigration(NodeName node) => Concerns(node) && Count(ref _failedMigrations, MigrationFailures);

    public bool FailsStop(NodeName node) => Concerns(node) && StopFails;

    private bool Concerns(NodeName node) => OnlyOn is null || OnlyOn == node;

    private static bool Count(ref int failed, int limit)
    {
        if (failed < limit)
        {
            failed++;
            return true;
        }

        failed = 0;
        return false;
    }
}
