using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Tests;

/// <summary>From now on writes wait.</summary>
public sealed record HoldWrites;

/// <summary>Waiting writes go on, and later ones do not wait.</summary>
public sealed record ReleaseWrites;

/// <summary>From now on replays wait.</summary>
public sealed record HoldReplays;

/// <summary>The replay that has waited longest goes on.</summary>
public sealed record ReleaseReplay;

/// <summary>How many replays wait? Answered with the number.</summary>
public sealed record CountReplays;

/// <summary>Answer of the journal to each of these.</summary>
public sealed record Controlled;

/// <summary>A journal in memory that holds writes back, fails and rejects them, as its specs want: by message, or by the text of an entry.</summary>
public sealed class ControlledJournal : MemoryJournal
{
    public const string Hocon = """
        akka.persistence.journal {
          plugin = "akka.persistence.journal.controlled"
          controlled {
            class = "Akka.Persistence.Tests.ControlledJournal, Akka.Persistence.Tests"
            plugin-dispatcher = "akka.actor.default-dispatcher"
          }
        }
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        """;

    private readonly List<TaskCompletionSource> _held = [];
    private readonly Queue<TaskCompletionSource> _replays = new();
    private bool _holdsWrites;
    private bool _holdsReplays;

    protected override async Task<IImmutableList<Exception?>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var writes = messages.ToList();
        var texts = writes.Select(write => ((IEnumerable<IPersistentRepresentation>)write.Payload).Select(p => (p.Payload as Entry)?.Text).ToList()).ToList();
        if (_holdsWrites)
        {
            var held = new TaskCompletionSource();
            _held.Add(held);
            await held.Task;
        }

        if (texts.Any(t => t.Contains("unstorable"))) throw new IOException("the disk is gone");
        var outcomes = texts.Select(t => t.Contains("refused") ? new InvalidOperationException("the journal does not take this") : null).ToImmutableList<Exception?>();
        await base.WriteMessagesAsync(writes.Where((_, i) => outcomes[i] is null));
        return outcomes.Any(o => o is not null) ? outcomes : null;
    }

    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr)
    {
        if (_holdsReplays)
        {
            var held = new TaskCompletionSource();
            _replays.Enqueue(held);
            await held.Task;
        }

        return await base.ReadHighestSequenceNrAsync(persistenceId, fromSequenceNr);
    }

    protected override bool ReceivePluginInternal(object message)
    {
        switch (message)
        {
            case HoldWrites:
                _holdsWrites = true;
                break;
            case ReleaseWrites:
                _holdsWrites = false;
                var held = _held.ToList();
                _held.Clear();
                held.ForEach(h => h.SetResult());
                break;
            case HoldReplays:
                _holdsReplays = true;
                break;
            case ReleaseReplay:
                _replays.Dequeue().SetResult();
                break;
            case CountReplays:
                Sender.Tell(_replays.Count);
                return true;
            default:
                return false;
        }

        Sender.Tell(new Controlled());
        return true;
    }
}
