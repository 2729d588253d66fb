namespace Akka.Remote;

/// <summary>The failure detectors of many resources.</summary>
/// <typeparam name="T">What names a resource, usually an address.</typeparam>
public interface IFailureDetectorRegistry<T>
{
    /// <summary>Notes a heartbeat of the resource; the first one starts its monitoring.</summary>
    void Heartbeat(T resource);

    /// <summary>True while the resource is believed to be alive; a resource that is not monitored counts as available.</summary>
    bool IsAvailable(T resource);

    /// <summary>True once a first heartbeat of the resource has arrived.</summary>
    bool IsMonitoring(T resource);

    /// <summary>Ends the monitoring of the resource and forgets its history.</summary>
    void Remove(T resource);

    /// <summary>Ends the monitoring of all resources.</summary>
    void Reset();
}
