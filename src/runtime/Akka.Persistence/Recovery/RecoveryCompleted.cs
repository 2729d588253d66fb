namespace Akka.Persistence;

/// <summary>Tells a persistent actor, once for each start, that all events were replayed. What waited meanwhile is handled next.</summary>
public sealed class RecoveryCompleted
{
    /// <summary>The one instance.</summary>
    public static readonly RecoveryCompleted Instance = new();

    private RecoveryCompleted()
    {
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RecoveryCompleted;

    /// <inheritdoc/>
    public override int GetHashCode() => nameof(RecoveryCompleted).Length;

    /// <inheritdoc/>
    public override string ToString() => nameof(RecoveryCompleted);
}
