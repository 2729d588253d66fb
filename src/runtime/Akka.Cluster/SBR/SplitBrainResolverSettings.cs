using System.Collections.Immutable;
using Akka.Configuration;

namespace Akka.Cluster.SBR;

/// <summary>The settings under <c>akka.cluster.split-brain-resolver</c>.</summary>
public sealed class SplitBrainResolverSettings
{
    /// <summary>The side with most members stays.</summary>
    public const string KeepMajorityName = "keep-majority";

    /// <summary>The side that gets a lease stays.</summary>
    public const string LeaseMajorityName = "lease-majority";

    /// <summary>The side with at least a fixed number of members stays.</summary>
    public const string StaticQuorumName = "static-quorum";

    /// <summary>The side of the oldest member stays.</summary>
    public const string KeepOldestName = "keep-oldest";

    /// <summary>All are downed.</summary>
    public const string DownAllName = "down-all";

    /// <summary>The names of all strategies.</summary>
    public static readonly ImmutableHashSet<string> AllStrategyNames =
        [KeepMajorityName, LeaseMajorityName, StaticQuorumName, KeepOldestName, DownAllName];

    private const string Root = "akka.cluster.split-brain-resolver.";
    private static readonly TimeSpan LeastUnstableTime = TimeSpan.FromSeconds(4);

    private readonly Config _config;

    /// <summary>Reads the settings.</summary>
    /// <param name="config">The configuration of the actor system.</param>
    /// <exception cref="ConfigurationException">A setting has a value that cannot be used; the message names it.</exception>
    public SplitBrainResolverSettings(Config config)
    {
        _config = config;
        DowningStableAfter = config.GetTimeSpan(Root + "stable-after");
        if (DowningStableAfter <= TimeSpan.Zero)
            throw new ConfigurationException($"{Root}stable-after is {DowningStableAfter.TotalMilliseconds} ms, but must be above 0.");
        DowningStrategy = config.GetString(Root + "active-strategy")?.ToLowerInvariant() ?? "";
        if (!AllStrategyNames.Contains(DowningStrategy))
            throw new ConfigurationException(
                $"{Root}active-strategy is '{DowningStrategy}', but must be one of {string.Join(", ", AllStrategyNames.Order(StringComparer.Ordinal))}.");
        DownAllWhenUnstable = ReadDownAllWhenUnstable();

        // A wrong setting of the strategy in use must show at start-up, not when the network parts.
        if (DowningStrategy == StaticQuorumName) _ = StaticQuorumSettings;
        if (DowningStrategy == LeaseMajorityName) _ = LeaseMajoritySettings;
    }

    /// <summary>How long membership and reachability must not have changed before anything is decided.</summary>
    public TimeSpan DowningStableAfter { get; }

    /// <summary>The name of the strategy in use.</summary>
    public string DowningStrategy { get; }

    /// <summary>After how long of changing reachability, beyond <see cref="DowningStableAfter"/>, all members are downed; zero if never.</summary>
    public TimeSpan DownAllWhenUnstable { get; }

    /// <summary>The role whose members count for the majority; empty if all do.</summary>
    public string KeepMajorityRole => Role("keep-majority");

    /// <summary>The settings of the strategy with a fixed quorum.</summary>
    /// <exception cref="ConfigurationException">The quorum is not set or not above 0.</exception>
    public StaticQuorumSettings StaticQuorumSettings
    {
        get
        {
            var text = _config.GetString(Root + "static-quorum.quorum-size");
            if (text is null or "undefined" || _config.GetInt(Root + "static-quorum.quorum-size") is var size && size < 1)
                throw new ConfigurationException(
                    $"{Root}static-quorum.quorum-size is '{text}', but must be above 0: more than half of the members that the cluster may ever have.");
            return new StaticQuorumSettings(size, Role("static-quorum"));
        }
    }

    /// <summary>The settings of the strategy that keeps the oldest member.</summary>
    public KeepOldestSettings KeepOldestSettings => new(_config.GetBoolean(Root + "keep-oldest.down-if-alone"), Role("keep-oldest"));

    /// <summary>The settings of the strategy that asks for a lease.</summary>
    /// <exception cref="ConfigurationException">No implementation is set.</exception>
    public LeaseMajoritySettings LeaseMajoritySettings
    {
        get
        {
            const string Lease = Root + "lease-majority.";
            var implementation = _config.GetString(Lease + "lease-implementation");
            if (string.IsNullOrEmpty(implementation))
                throw new ConfigurationException($"{Lease}lease-implementation is not set: it names the path of the configuration of a lease.");
            return new LeaseMajoritySettings(
                implementation,
                _config.GetTimeSpan(Lease + "acquire-lease-delay-for-minority"),
                _config.GetTimeSpan(Lease + "release-after"),
                Role("lease-majority"),
                _config.GetString(Lease + "lease-name") ?? "");
        }
    }

    internal IDowningStrategy CreateStrategy() => DowningStrategy switch
    {
        StaticQuorumName => new StaticQuorum(StaticQuorumSettings.Size, StaticQuorumSettings.Role),
        KeepMajorityName => new KeepMajority(KeepMajorityRole),
        KeepOldestName => new KeepOldest(KeepOldestSettings.DownIfAlone, KeepOldestSettings.Role),
        LeaseMajorityName => new LeaseMajority(LeaseMajoritySettings.Role, LeaseMajoritySettings.AcquireLeaseDelayForMinority),
        DownAllName => new DownAll(),
        _ => throw new ConfigurationException($"{Root}active-strategy is '{DowningStrategy}', which is no strategy."),
    };

    private string Role(string strategy) => _config.GetString($"{Root}{strategy}.role") ?? "";

    private TimeSpan ReadDownAllWhenUnstable()
    {
        const string Key = Root + "down-all-when-unstable";
        switch (_config.GetString(Key)?.ToLowerInvariant())
        {
            case "off" or "false" or "no":
                return TimeSpan.Zero;
            case null or "on" or "true" or "yes":
                var derived = DowningStableAfter * 0.75;
                return derived > LeastUnstableTime ? derived : LeastUnstableTime;
            default:
                return _config.GetTimeSpan(Key);
        }
    }
}
