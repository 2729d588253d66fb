using System.Collections.Immutable;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>Asks a mediator which topics somebody subscribes to. Answered with <see cref="CurrentTopics"/>.</summary>
public sealed class GetTopics
{
    private GetTopics()
    {
    }

    /// <summary>The one instance.</summary>
    public static GetTopics Instance { get; } = new();
}

/// <summary>The topics that somebody in the cluster subscribes to, as far as the asked mediator knows.</summary>
public sealed class CurrentTopics : IEquatable<CurrentTopics>
{
    /// <summary>Lists them.</summary>
    /// <param name="topics">The topics.</param>
    public CurrentTopics(IImmutableSet<string> topics) => Topics = topics;

    /// <summary>The topics.</summary>
    public IImmutableSet<string> Topics { get; }

    /// <inheritdoc/>
    public bool Equals(CurrentTopics? other) => other is not null && Topics.SetEquals(other.Topics);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CurrentTopics);

    /// <inheritdoc/>
    public override int GetHashCode() => Topics.Aggregate(0, (hash, topic) => hash ^ topic.GetHashCode(StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string ToString() => $"CurrentTopics<{string.Join(",", Topics)}>";
}
