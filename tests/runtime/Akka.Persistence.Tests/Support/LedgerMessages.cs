namespace Akka.Persistence.Tests;

/// <summary>The event of the specs.</summary>
public sealed record Entry(string Text);

/// <summary>The snapshot of the specs.</summary>
public sealed record Page(IReadOnlyList<string> Entries)
{
    public bool Equals(Page? other) => other is not null && Entries.SequenceEqual(other.Entries);

    public override int GetHashCode() => Entries.Count;
}

public sealed record Add(params string[] Texts);

public sealed record AddAll(params string[] Texts);

public sealed record AddAsync(params string[] Texts);

public sealed record AddAllAsync(params string[] Texts);

/// <summary>Persists the first, and within its handler the second.</summary>
public sealed record AddNested(string Outer, string Inner);

/// <summary>Persists asynchronously, and defers a note after it.</summary>
public sealed record AddThenDefer(string Text, string Note);

public sealed record AddAfterAwaiting(string Text, Task Awaited);

public sealed record AddThenThrow(string Text);

/// <summary>Sets the next commands aside until <see cref="GoOn"/>.</summary>
public sealed record SetAside;

public sealed record GoOn(string Text);

public sealed record Read;

public sealed record Content(IReadOnlyList<string> Entries, long SequenceNr)
{
    public bool Equals(Content? other) => other is not null && SequenceNr == other.SequenceNr && Entries.SequenceEqual(other.Entries);

    public override int GetHashCode() => SequenceNr.GetHashCode();

    public override string ToString() => $"[{string.Join(' ', Entries)}] at {SequenceNr}";
}

public sealed record Added(string Text, long SequenceNr);

public sealed record TakeSnapshot;

public sealed record DeleteEntries(long ToSequenceNr);

public sealed record DropSnapshots(SnapshotSelectionCriteria Criteria);

public sealed record DropSnapshot(long SequenceNr);

public sealed record Crash(string Why);

/// <summary>What happened in a ledger's life, told to its observer.</summary>
public sealed record Observed(string What);
