namespace Akka.Persistence;

/// <summary>Looks whether a recovery still advances.</summary>
public sealed class RecoveryTick
{
    /// <summary>Creates the tick.</summary>
    /// <param name="snapshot">Whether a snapshot is waited for, and not events.</param>
    public RecoveryTick(bool snapshot) => Snapshot = snapshot;

    /// <summary>Whether a snapshot is waited for, and not events.</summary>
    public bool Snapshot { get; }

    /// <summary>The incarnation whose recovery is looked at.</summary>
    internal int ActorInstanceId { get; init; }
}
