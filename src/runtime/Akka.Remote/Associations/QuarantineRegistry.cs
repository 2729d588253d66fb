using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Remote.Associations;

/// <summary>The incarnations of other systems with which nothing is exchanged any more, each for a bounded time.</summary>
internal sealed class QuarantineRegistry(TimeProvider time, TimeSpan duration)
{
    private readonly ConcurrentDictionary<(Address Address, int Uid), long> _since = new();

    // A peer may call itself anything, again and again; what is remembered of that is bounded.
    private const int MaximumSuperseded = 100_000;

    /// <summary>Adds an incarnation; false if it is in already.</summary>
    public bool Add(Address address, int uid) => _since.TryAdd((address, uid), time.GetTimestamp());

    /// <summary>Another incarnation has taken the address over.</summary>
    public void AddSuperseded(Address address, int uid)
    {
        if (_since.Count < MaximumSuperseded)
            Add(address, uid);
    }

    public bool Contains(Address address, int uid) => _since.ContainsKey((address, uid));

    public void Prune()
    {
        foreach (var (incarnation, since) in _since)
        {
            if (time.GetElapsedTime(since) > duration)
                _since.TryRemove(incarnation, out _);
        }
    }
}
