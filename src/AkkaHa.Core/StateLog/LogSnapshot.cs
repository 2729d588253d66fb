using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.StateLog;

/// <summary>The state machine's state at one index: immutable, and opaque to the protocol of the log.</summary>
public interface IStateSnapshot
{
    /// <summary>A word for people and transcripts.</summary>
    string Describe();
}

/// <summary>What stands for all entries up to an index, so that a log can be cut there.</summary>
/// <param name="Index">The last entry it covers; it is committed.</param>
/// <param name="Epoch">That entry's epoch.</param>
/// <param name="Configuration">The newest configuration at that index.</param>
/// <param name="State">The state after that entry.</param>
public sealed record LogSnapshot(long Index, Epoch Epoch, Configuration Configuration, IStateSnapshot State);
