namespace Akka.Coordination;

/// <summary>How somebody uses a lease: which one, and how often it is tried again.</summary>
public sealed class LeaseUsageSettings
{
    /// <summary>Puts the parts together.</summary>
    /// <param name="leaseImplementation">The path of the lease's block in the configuration.</param>
    /// <param name="leaseRetryInterval">How long to wait before it is tried again to get it.</param>
    public LeaseUsageSettings(string leaseImplementation, TimeSpan leaseRetryInterval)
    {
        LeaseImplementation = leaseImplementation;
        LeaseRetryInterval = leaseRetryInterval;
    }

    /// <summary>The path of the lease's block in the configuration.</summary>
    public string LeaseImplementation { get; }

    /// <summary>How long to wait before it is tried again to get it.</summary>
    public TimeSpan LeaseRetryInterval { get; }

    /// <inheritdoc/>
    public override string ToString() => $"LeaseUsageSettings({LeaseImplementation}, {LeaseRetryInterval})";
}
