using System.Collections.Immutable;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Tests.StateLog;

/// <summary>A command with a name, for logs whose content does not matter.</summary>
public sealed record Put(string Name) : LogCommand
{
    public override string Describe() => Name;
}

/// <summary>A state machine that remembers every command: two states agree if one's list starts with the other's.</summary>
public sealed record History(ImmutableList<LogEntry> Entries) : IStateSnapshot
{
    public static History Empty { get; } = new([]);

    public string Describe() => $"history of {Entries.Count}";
}
