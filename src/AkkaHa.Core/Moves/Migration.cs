using AkkaHa.Core.Model;

namespace AkkaHa.Core.Moves;

/// <summary>How a resource is moved to another node.</summary>
public enum MoveKind
{
    /// <summary>It is stopped, and started on the other node.</summary>
    Relocate,

    /// <summary>It goes on running while it moves; where that cannot be, it is relocated.</summary>
    Migrate,
}

/// <summary>How far a live migration is (DESIGN §10).</summary>
public enum MigrationPhase
{
    /// <summary>The destination waits, paused; the source copies up to the switch-over, and owns the guest.</summary>
    Preparing,

    /// <summary>The destination owns the guest but may not run it yet: the source is to hand over, and must answer or be proven dead.</summary>
    HandingOver,

    /// <summary>The source holds it no more: the destination may run it.</summary>
    Arriving,

    /// <summary>It is given up: the destination is to end its copy, the source goes on with its own.</summary>
    Aborting,
}

/// <summary>A live migration under way. Both boots stay in may-run until each has answered or is proven dead.</summary>
/// <param name="Source">The session whose guest moves.</param>
/// <param name="Target">The session that receives it.</param>
/// <param name="Phase">How far it is.</param>
/// <param name="Why">Why it moves, for people.</param>
public sealed record Migration(Session Source, Session Target, MigrationPhase Phase, string Why)
{
    /// <summary>Whether the boot is one of the two.</summary>
    public bool Involves(Boot boot) => Source.Boot == boot || Target.Boot == boot;
}
