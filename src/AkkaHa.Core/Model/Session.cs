namespace AkkaHa.Core.Model;

/// <summary>
/// One run of the node daemon within a boot. Commands to an LRM name its session, and an LRM refuses those of another one.
/// </summary>
/// <param name="Boot">The boot it runs in.</param>
/// <param name="StartedAtNanos">CLOCK_BOOTTIME of the daemon's start in nanoseconds: orders the sessions of one boot.</param>
public readonly record struct Session(Boot Boot, long StartedAtNanos)
{
    /// <summary>The node it runs on.</summary>
    public NodeName Node => Boot.Node;

    /// <summary>Whether this session replaces the other: a later daemon of the same boot.</summary>
    public bool IsNewerThan(Session other) => Boot == other.Boot && StartedAtNanos > other.StartedAtNanos;

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Boot}@{StartedAtNanos}");
}
