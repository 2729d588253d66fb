using AkkaHa.Core.Model;

namespace AkkaHa.Core.StateLog;

/// <summary>One entry of the state log.</summary>
/// <param name="Index">Its place, from 0 (genesis) on without gaps.</param>
/// <param name="Epoch">The epoch that wrote it, or that re-stamped it when it adopted the log.</param>
/// <param name="Command">What it says.</param>
public sealed record LogEntry(long Index, Epoch Epoch, LogCommand Command);
