using AkkaHa.Core.Model;

namespace AkkaHa.Core.StateLog;

/// <summary>One entry of the state log.</summary>
/// <remarks>
/// An entry keeps the epoch that wrote it for ever; (index, epoch) names it and everything before it. A new leader puts its own epoch on an
/// adopted tail by the no-op it appends behind it. So a token for a command is made of the acting CRM's epoch and the entry's index, not of the entry's epoch.
/// </remarks>
/// <param name="Index">Its place, from 0 (genesis) on without gaps.</param>
/// <param name="Epoch">The epoch that wrote it.</param>
/// <param name="Command">What it says.</param>
public sealed record LogEntry(long Index, Epoch Epoch, LogCommand Command)
{
    /// <summary>One line for people: <c>5@3.pve1.a SetPlacement</c>.</summary>
    public string Describe() => FormattableString.Invariant($"{Index}@{Epoch} {Command.Describe()}");
}
