using System.Collections.Concurrent;

namespace Akka.Remote;

/// <summary>A registry that makes one failure detector for each resource at its first heartbeat. Safe to use from many threads.</summary>
/// <typeparam name="T">What names a resource.</typeparam>
public class DefaultFailureDetectorRegistry<T> : IFailureDetectorRegistry<T>
    where T : notnull
{
    private readonly Func<FailureDetector> _factory;
    private readonly ConcurrentDictionary<T, FailureDetector> _detectors = new();
    private readonly Lock _creation = new();

    /// <summary>Makes a registry.</summary>
    /// <param name="factory">Makes the detector of a new resource.</param>
    public DefaultFailureDetectorRegistry(Func<FailureDetector> factory) => _factory = factory;

    /// <inheritdoc/>
    public void Heartbeat(T resource)
    {
        if (!_detectors.TryGetValue(resource, out var detector))
        {
            // Under a lock, so that two first heartbeats never make two detectors of which one is lost.
            lock (_creation)
            {
                if (!_detectors.TryGetValue(resource, out detector))
                {
                    detector = _factory();
                    if (detector is PhiAccrualFailureDetector phi)
                        phi.Address = resource.ToString() ?? phi.Address;
                    detector.HeartBeat();
                    _detectors[resource] = detector;
                    return;
                }
            }
        }

        detector.HeartBeat();
    }

    /// <inheritdoc/>
    public bool IsAvailable(T resource) => !_detectors.TryGetValue(resource, out var detector) || detector.IsAvailable;

    /// <inheritdoc/>
    public bool IsMonitoring(T resource) => _detectors.TryGetValue(resource, out var detector) && detector.IsMonitoring;

    /// <inheritdoc/>
    public void Remove(T resource) => _detectors.TryRemove(resource, out _);

    /// <inheritdoc/>
    public void Reset() => _detectors.Clear();

    internal FailureDetector? GetFailureDetector(T resource) => _detectors.GetValueOrDefault(resource);
}
