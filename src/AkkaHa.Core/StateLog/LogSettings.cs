namespace AkkaHa.Core.StateLog;

/// <summary>The bounds of the log protocol. All times are monotonic durations.</summary>
/// <param name="MaxEntriesPerMessage">The most entries one message carries; a laggard catches up in batches of this size.</param>
/// <param name="MaxUncommittedEntries">The most entries a leader takes in beyond its commit index; further proposals are refused until some are committed.</param>
/// <param name="MaxOpenRounds">How many unanswered rounds a leader remembers the send time of.</param>
/// <param name="HeartbeatInterval">How often a leader starts a round when nothing else does.</param>
/// <param name="RetryAfter">How long a leader waits for an answer before it sends again the first time.</param>
/// <param name="RetryAfterMax">Up to where that wait doubles while a voter stays silent.</param>
/// <param name="MaxFetchAttempts">How often a candidate asks the voter with the most recent log for it before it looks for another majority.</param>
public sealed record LogSettings(
    int MaxEntriesPerMessage,
    int MaxUncommittedEntries,
    int MaxOpenRounds,
    TimeSpan HeartbeatInterval,
    TimeSpan RetryAfter,
    TimeSpan RetryAfterMax,
    int MaxFetchAttempts)
{
    /// <summary>After how many entries a replica's journal is replaced by a snapshot, and a leader's log is cut.</summary>
    public int SnapshotEvery { get; init; } = 4096;

    /// <summary>The defaults; the round interval is a quarter of the default <c>authority-ttl</c>.</summary>
    public static LogSettings Default { get; } = new(
        MaxEntriesPerMessage: 2048,
        MaxUncommittedEntries: 16384,
        MaxOpenRounds: 256,
        HeartbeatInterval: TimeSpan.FromMilliseconds(500),
        RetryAfter: TimeSpan.FromMilliseconds(200),
        RetryAfterMax: TimeSpan.FromSeconds(2),
        MaxFetchAttempts: 5);
}
