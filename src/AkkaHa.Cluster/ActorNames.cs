namespace AkkaHa.Cluster;

/// <summary>The names of a node's top-level actors: part of the protocol between nodes.</summary>
public static class ActorNames
{
    /// <summary>Finds or forms a cluster.</summary>
    public const string Bootstrap = "bootstrap";

    /// <summary>Watches who is a member.</summary>
    public const string Membership = "membership";

    /// <summary>The door of the split-brain resolver.</summary>
    public const string Resolver = "resolver";

    /// <summary>Answers what operators ask about votes.</summary>
    public const string Quorum = "quorum";

    /// <summary>Keeps the newest events.</summary>
    public const string Events = "events";

    /// <summary>The replica of the state log.</summary>
    public const string Replica = "statelog";

    /// <summary>The voter's grants of leases.</summary>
    public const string Grants = "grants";

    /// <summary>This boot's lease.</summary>
    public const string Lease = "lease";

    /// <summary>The LRM.</summary>
    public const string Lrm = "lrm";

    /// <summary>The manager of the CRM singleton.</summary>
    public const string CrmManager = "crm";

    /// <summary>The CRM singleton itself, below its manager.</summary>
    public const string CrmSingleton = "acting";

    /// <summary>Probes the storages.</summary>
    public const string Storage = "storage";

    /// <summary>Tests the fence devices.</summary>
    public const string FenceTest = "fence-test";

    /// <summary>Answers operators.</summary>
    public const string Gateway = "gateway";
}
