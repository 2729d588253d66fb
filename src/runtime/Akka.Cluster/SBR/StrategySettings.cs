namespace Akka.Cluster.SBR;

/// <summary>The settings of the strategy with a fixed quorum.</summary>
public sealed class StaticQuorumSettings
{
    /// <summary>Makes the settings.</summary>
    /// <param name="size">The least number of members that may go on.</param>
    /// <param name="role">The role whose members count; empty if all do.</param>
    public StaticQuorumSettings(int size, string role)
    {
        Size = size;
        Role = role;
    }

    /// <summary>The least number of members that may go on.</summary>
    public int Size { get; }

    /// <summary>The role whose members count; empty if all do.</summary>
    public string Role { get; }
}

/// <summary>The settings of the strategy that keeps the oldest member.</summary>
public sealed class KeepOldestSettings
{
    /// <summary>Makes the settings.</summary>
    /// <param name="downIfAlone">Whether the oldest is downed if it is alone on its side.</param>
    /// <param name="role">The role whose members count; empty if all do.</param>
    public KeepOldestSettings(bool downIfAlone, string role)
    {
        DownIfAlone = downIfAlone;
        Role = role;
    }

    /// <summary>Whether the oldest is downed if it is alone on its side.</summary>
    public bool DownIfAlone { get; }

    /// <summary>The role whose members count; empty if all do.</summary>
    public string Role { get; }
}

/// <summary>The settings of the strategy that asks for a lease.</summary>
public sealed class LeaseMajoritySettings
{
    /// <summary>Makes the settings.</summary>
    /// <param name="leaseImplementation">The path of the configuration of the lease.</param>
    /// <param name="acquireLeaseDelayForMinority">How long the side that seems to be the minority waits.</param>
    /// <param name="releaseAfter">After how long the lease is released once the unreachable members are gone.</param>
    /// <param name="role">The role whose members count for the majority; empty if all do.</param>
    /// <param name="leaseName">The name of the lease; empty for the one made of the system's name.</param>
    public LeaseMajoritySettings(string leaseImplementation, TimeSpan acquireLeaseDelayForMinority, TimeSpan releaseAfter, string role, string leaseName)
    {
        LeaseImplementation = leaseImplementation;
        AcquireLeaseDelayForMinority = acquireLeaseDelayForMinority;
        ReleaseAfter = releaseAfter;
        Role = role;
        LeaseName = leaseName;
    }

    /// <summary>The path of the configuration of the lease.</summary>
    public string LeaseImplementation { get; }

    /// <summary>How long the side that seems to be the minority waits.</summary>
    public TimeSpan AcquireLeaseDelayForMinority { get; }

    /// <summary>After how long the lease is released once the unreachable members are gone.</summary>
    public TimeSpan ReleaseAfter { get; }

    /// <summary>The role whose members count for the majority; empty if all do.</summary>
    public string Role { get; }

    /// <summary>The name of the lease; empty for the one made of the system's name.</summary>
    public string LeaseName { get; }

    /// <summary>The name of the lease to use: the one that is set, or one made of the system's name.</summary>
    /// <param name="systemName">The name of the actor system.</param>
    public string SafeLeaseName(string systemName) => string.IsNullOrEmpty(LeaseName) ? $"{systemName}-akka-sbr" : LeaseName;
}
