using System.Collections.Immutable;

namespace Akka.Persistence.Journal;

/// <summary>An event with tags. A journal that knows tags keeps both and replays the event alone.</summary>
public readonly struct Tagged
{
    /// <summary>Tags an event.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="tags">The tags.</param>
    public Tagged(object payload, IEnumerable<string> tags)
        : this(payload, tags.ToImmutableHashSet())
    {
    }

    /// <summary>Tags an event.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="tags">The tags.</param>
    public Tagged(object payload, IImmutableSet<string> tags)
    {
        Payload = payload;
        Tags = tags;
    }

    /// <summary>The event.</summary>
    public object Payload { get; }

    /// <summary>The tags.</summary>
    public IImmutableSet<string> Tags { get; }
}
