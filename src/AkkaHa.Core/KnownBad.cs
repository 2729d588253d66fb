namespace AkkaHa.Core;

/// <summary>Mistakes that the simulation must find when they are made on purpose.</summary>
internal enum KnownBadVariant
{
    /// <summary>No mistake.</summary>
    None,

    /// <summary>A lost node is taken for dead without being fenced.</summary>
    NoFencing,

    /// <summary>A device's word that a node is off is taken without reading the state back.</summary>
    OffWithoutReading,

    /// <summary>A replica follows an epoch below the one that it promised.</summary>
    OldEpochAccepted,

    /// <summary>A CRM orders what it has proposed, before that is committed.</summary>
    EffectBeforeCommit,

    /// <summary>An LRM carries out whatever order comes, however old.</summary>
    TokenCheckOff,

    /// <summary>A node that hears nobody forms a cluster.</summary>
    LoneCluster,

    /// <summary>A start does not wait until no copy can be alive elsewhere.</summary>
    MayRunIgnored,

    /// <summary>A CRM takes an older epoch's entry for committed because a majority has it.</summary>
    OldEpochCommittedByCounting,

    /// <summary>A replica that lost its log votes on.</summary>
    AmnesiacVoter,

    /// <summary>Placement does not look at restricted groups.</summary>
    PlacementWithoutRestricted,

    /// <summary>The daemon's start stands for the boot: what an earlier daemon started is taken for dead.</summary>
    AdmissionPerDaemonStart,
}

/// <summary>
/// The one place where a test makes a known mistake (tests/AkkaHa.Simulation.Tests/Mutations): an oracle that cannot fail proves nothing. No
/// setting reaches it, and nothing outside of the simulation sets it; it holds for one thread, which is one simulated run.
/// </summary>
internal static class KnownBad
{
    [ThreadStatic]
    private static KnownBadVariant _variant;

    public static bool Is(KnownBadVariant variant) => _variant == variant;

    public static void Make(KnownBadVariant variant) => _variant = variant;
}
