using Akka.Actor;
using Akka.Configuration;

namespace Akka.Coordination.Stores.Disk;

/// <summary>A lease in a shared directory: <c>akka.coordination.lease.shared-disk</c>.</summary>
internal sealed class SharedDiskLease : StoredLease
{
    /// <summary>Called by <see cref="LeaseProvider"/>.</summary>
    public SharedDiskLease(LeaseSettings settings, ExtendedActorSystem system)
        : base(settings, StoreOf(settings, LeasePlace.Of(system)), LeasePlace.Of(system)) => system.RegisterOnTermination(Stop);

    private static DiskLeaseStore StoreOf(LeaseSettings settings, LeasePlace place)
    {
        var directory = settings.LeaseConfig.GetString("directory", "");
        if (string.IsNullOrWhiteSpace(directory) || !Path.IsPathRooted(directory))
            throw new ConfigurationException($"The shared-disk lease '{settings.LeaseName}' needs an absolute path as its directory, but has '{directory}'.");
        return new DiskLeaseStore(directory, settings.LeaseName, place.Time, settings.TimeoutSettings.OperationTimeout);
    }
}
