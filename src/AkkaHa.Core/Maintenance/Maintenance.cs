namespace AkkaHa.Core.Maintenance;

/// <summary>What becomes of a node's guests when it shuts down or reboots on purpose (the cluster's <c>shutdown-policy</c>).</summary>
public enum ShutdownPolicy
{
    /// <summary>A reboot freezes them, a shutdown has them fail over: the default.</summary>
    Conditional,

    /// <summary>They are stopped and stay with the node.</summary>
    Freeze,

    /// <summary>They are stopped and start elsewhere.</summary>
    Failover,

    /// <summary>They are moved away before the node goes, and return when it is back.</summary>
    Migrate,
}

/// <summary>How a node goes away on purpose.</summary>
public enum LeaveKind
{
    /// <summary>It comes back by itself.</summary>
    Reboot,

    /// <summary>It stays off.</summary>
    Shutdown,
}

/// <summary>A node that was announced to go away.</summary>
/// <param name="Kind">How it goes.</param>
/// <param name="Policy">What becomes of its guests; never <see cref="ShutdownPolicy.Conditional"/>, which is decided by how it goes.</param>
public sealed record Leaving(LeaveKind Kind, ShutdownPolicy Policy)
{
    /// <summary>What a policy means for this way to go.</summary>
    public static Leaving Of(LeaveKind kind, ShutdownPolicy policy) => new(kind, policy switch
    {
        ShutdownPolicy.Conditional => kind == LeaveKind.Reboot ? ShutdownPolicy.Freeze : ShutdownPolicy.Failover,
        _ => policy,
    });
}
