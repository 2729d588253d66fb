using System.Collections.Immutable;
using System.Reflection;
using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Cluster;

/// <summary>The settings under <c>akka.cluster</c>.</summary>
public sealed class ClusterSettings
{
    private const string Root = "akka.cluster.";
    private static readonly string[] OffWords = ["off", "false", "no"];

    private readonly Config _config;

    /// <summary>Reads the settings.</summary>
    /// <param name="config">The configuration of the actor system.</param>
    /// <param name="systemName">The name of the actor system; seed nodes must have the same.</param>
    /// <exception cref="ConfigurationException">A setting has a value that cannot be used; the message names it.</exception>
    public ClusterSettings(Config config, string systemName)
    {
        _config = config;
        RefuseAutoDown();
        LogInfo = config.GetBoolean(Root + "log-info");
        LogInfoVerbose = config.GetBoolean(Root + "log-info-verbose");
        FailureDetectorConfig = config.GetConfig(Root + "failure-detector");
        FailureDetectorImplementationClass = config.GetString(Root + "failure-detector.implementation-class");
        HeartbeatInterval = PositiveTime("failure-detector.heartbeat-interval");
        HeartbeatExpectedResponseAfter = PositiveTime("failure-detector.expected-response-after");
        AcceptableHeartbeatPause = config.HasPath(Root + "failure-detector.acceptable-heartbeat-pause")
            ? config.GetTimeSpan(Root + "failure-detector.acceptable-heartbeat-pause")
            : null;
        MonitoredByNrOfMembers = PositiveNumber("failure-detector.monitored-by-nr-of-members");
        SeedNodes = config.GetStringList(Root + "seed-nodes").Select(s => SeedNode(s, systemName)).ToImmutableList();
        SeedNodeTimeout = PositiveTime("seed-node-timeout");
        RetryUnsuccessfulJoinAfter = TimeOrOff("retry-unsuccessful-join-after");
        ShutdownAfterUnsuccessfulJoinSeedNodes = TimeOrOff("shutdown-after-unsuccessful-join-seed-nodes");
        PeriodicTasksInitialDelay = config.GetTimeSpan(Root + "periodic-tasks-initial-delay");
        GossipInterval = PositiveTime("gossip-interval");
        GossipTimeToLive = PositiveTime("gossip-time-to-live");
        LeaderActionsInterval = PositiveTime("leader-actions-interval");
        UnreachableNodesReaperInterval = PositiveTime("unreachable-nodes-reaper-interval");
        PruneGossipTombstonesAfter = PositiveTime("prune-gossip-tombstones-after");
        DownRemovalMargin = TimeOrOff("down-removal-margin") ?? TimeSpan.Zero;
        Roles = config.GetStringList(Root + "roles").ToImmutableHashSet();
        AppVersion = ReadAppVersion(config.GetString(Root + "app-version"));
        GossipDifferentViewProbability = config.GetDouble(Root + "gossip-different-view-probability");
        ReduceGossipDifferentViewProbability = config.GetInt(Root + "reduce-gossip-different-view-probability");
        UseDispatcher = config.GetString(Root + "use-dispatcher") is { Length: > 0 } dispatcher ? dispatcher : "akka.actor.internal-dispatcher";
        MinNrOfMembers = PositiveNumber("min-nr-of-members");
        MinNrOfMembersOfRole = ReadMinNrOfMembersOfRole();
        VerboseHeartbeatLogging = config.GetBoolean(Root + "debug.verbose-heartbeat-logging");
        VerboseGossipReceivedLogging = config.GetBoolean(Root + "debug.verbose-receive-gossip-logging");
        DowningProviderType = ReadDowningProviderType(config.GetString(Root + "downing-provider-class"));
        RunCoordinatedShutdownWhenDown = config.GetBoolean(Root + "run-coordinated-shutdown-when-down");
        var weaklyUp = TimeOrOff("allow-weakly-up-members");
        AllowWeaklyUpMembers = weaklyUp is not null;
        WeaklyUpAfter = weaklyUp ?? Timeout.InfiniteTimeSpan;
    }

    /// <summary>Whether each event of the cluster is logged.</summary>
    public bool LogInfoVerbose { get; }

    /// <summary>Whether changes of the cluster are logged.</summary>
    public bool LogInfo { get; }

    /// <summary>The configuration of the failure detector.</summary>
    public Config FailureDetectorConfig { get; }

    /// <summary>The class of the failure detector.</summary>
    public string FailureDetectorImplementationClass { get; }

    /// <summary>How often a heartbeat is sent to each monitored member.</summary>
    public TimeSpan HeartbeatInterval { get; }

    /// <summary>A member that never answered counts as monitored from this time on.</summary>
    public TimeSpan HeartbeatExpectedResponseAfter { get; }

    /// <summary>How many members monitor each member.</summary>
    public int MonitoredByNrOfMembers { get; }

    /// <summary>The contact points that the node asks to be let in when it starts.</summary>
    public ImmutableList<Address> SeedNodes { get; }

    /// <summary>How long the first seed node waits for answers before it forms a cluster.</summary>
    public TimeSpan SeedNodeTimeout { get; }

    /// <summary>When a node that was not welcomed starts over, or null if it does not.</summary>
    public TimeSpan? RetryUnsuccessfulJoinAfter { get; }

    /// <summary>When a node gives up joining seed nodes, or null if it does not.</summary>
    public TimeSpan? ShutdownAfterUnsuccessfulJoinSeedNodes { get; }

    /// <summary>How long a node waits before it starts its periodic tasks.</summary>
    public TimeSpan PeriodicTasksInitialDelay { get; }

    /// <summary>How often a node gossips.</summary>
    public TimeSpan GossipInterval { get; }

    /// <summary>How long a gossip may wait in the receiver's mailbox.</summary>
    public TimeSpan GossipTimeToLive { get; }

    /// <summary>How often the leader looks for something to do.</summary>
    public TimeSpan LeaderActionsInterval { get; }

    /// <summary>How often a node compares its failure detector with what it has told the others.</summary>
    public TimeSpan UnreachableNodesReaperInterval { get; }

    /// <summary>The roles of this member.</summary>
    public ImmutableHashSet<string> Roles { get; }

    /// <summary>The version of the application that this member runs.</summary>
    public AppVersion AppVersion { get; }

    /// <summary>How likely a node gossips to one with another version (0.0 to 1.0).</summary>
    public double GossipDifferentViewProbability { get; }

    /// <summary>The number of members above which that becomes less likely.</summary>
    public int ReduceGossipDifferentViewProbability { get; }

    /// <summary>The dispatcher of the cluster's own actors.</summary>
    public string UseDispatcher { get; }

    /// <summary>How many members must have joined before the leader moves any up.</summary>
    public int MinNrOfMembers { get; }

    /// <summary>By role, how many of its members must have joined before the leader moves any up.</summary>
    public ImmutableDictionary<string, int> MinNrOfMembersOfRole { get; }

    /// <summary>Whether each heartbeat is logged at debug level.</summary>
    public bool VerboseHeartbeatLogging { get; }

    /// <summary>Whether each received gossip is logged at debug level.</summary>
    public bool VerboseGossipReceivedLogging { get; }

    /// <summary>The class that decides which members are taken for dead.</summary>
    public Type DowningProviderType { get; }

    /// <summary>Whether a downed node runs the coordinated shutdown.</summary>
    public bool RunCoordinatedShutdownWhenDown { get; }

    /// <summary>Whether joining members become weakly up while the cluster does not converge.</summary>
    public bool AllowWeaklyUpMembers { get; }

    /// <summary>After how long without convergence they do; infinite if they never do.</summary>
    public TimeSpan WeaklyUpAfter { get; }

    /// <summary>After how long the leader forgets that a member was removed.</summary>
    internal TimeSpan PruneGossipTombstonesAfter { get; }

    /// <summary>How long what a removed member ran is left alone; zero leaves it to the downing provider.</summary>
    internal TimeSpan DownRemovalMargin { get; }

    /// <summary>How long heartbeats may stay away, if the failure detector has such a setting.</summary>
    internal TimeSpan? AcceptableHeartbeatPause { get; }

    internal JoinThresholds JoinThresholds => new(MinNrOfMembers, MinNrOfMembersOfRole);

    private static Address SeedNode(string text, string systemName)
    {
        if (!Address.TryParse(text, out var address) || address!.Host is null || address.Port is null)
            throw new ConfigurationException($"akka.cluster.seed-nodes holds '{text}', which is no address of the form akka.tcp://{systemName}@host:port.");
        if (address.System != systemName)
            throw new ConfigurationException($"akka.cluster.seed-nodes holds '{text}', but this actor system is called '{systemName}': nodes of one cluster must have the same name.");
        return address;
    }

    private static AppVersion ReadAppVersion(string? text)
    {
        if (text is not (null or "" or "assembly-version")) return AppVersion.Create(text);
        var version = Assembly.GetEntryAssembly()?.GetName().Version;
        return version is null ? AppVersion.Zero : AppVersion.Create(version.ToString());
    }

    private static Type ReadDowningProviderType(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return typeof(NoDowning);
        var type = Type.GetType(name)
            ?? throw new ConfigurationException($"akka.cluster.downing-provider-class is '{name}', but there is no such class. Write it as \"Namespace.Class, Assembly\".");
        if (!typeof(IDowningProvider).IsAssignableFrom(type))
            throw new ConfigurationException($"akka.cluster.downing-provider-class is '{name}', which is no {nameof(IDowningProvider)}.");
        return type;
    }

    // Downing by time alone makes two clusters of one whenever the network parts; asking for it must not be ignored silently.
    private void RefuseAutoDown()
    {
        if (_config.HasPath(Root + "auto-down-unreachable-after") && TimeOrOff("auto-down-unreachable-after") is not null)
            throw new ConfigurationException(
                "akka.cluster.auto-down-unreachable-after is set, but downing by time alone is not supported: it splits the cluster in two when the network parts. Set a downing-provider-class instead.");
    }

    private TimeSpan PositiveTime(string key)
    {
        var time = _config.GetTimeSpan(Root + key);
        return time > TimeSpan.Zero ? time : throw new ConfigurationException($"akka.cluster.{key} is {time.TotalMilliseconds} ms, but must be above 0.");
    }

    private TimeSpan? TimeOrOff(string key)
    {
        var text = _config.GetString(Root + key);
        return text is null || OffWords.Contains(text, StringComparer.OrdinalIgnoreCase) ? null : _config.GetTimeSpan(Root + key);
    }

    private int PositiveNumber(string key)
    {
        var number = _config.GetInt(Root + key);
        return number > 0 ? number : throw new ConfigurationException($"akka.cluster.{key} is {number}, but must be above 0.");
    }

    private ImmutableDictionary<string, int> ReadMinNrOfMembersOfRole()
    {
        var roles = ImmutableDictionary.CreateBuilder<string, int>();
        if (!_config.HasPath(Root + "role")) return roles.ToImmutable();
        var root = _config.GetConfig(Root + "role");
        foreach (var (role, _) in root.Root.GetObject()?.Items ?? [])
        {
            var number = root.GetInt($"\"{role}\".min-nr-of-members");
            if (number > 0) roles[role] = number;
        }

        return roles.ToImmutable();
    }
}
