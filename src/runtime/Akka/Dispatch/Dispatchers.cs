using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Util;

namespace Akka.Dispatch;

/// <summary>The dispatchers of a system, by the paths of their configurations.</summary>
public sealed class Dispatchers
{
    /// <summary>The dispatcher of actors that name none.</summary>
    public const string DefaultDispatcherId = "akka.actor.default-dispatcher";

    /// <summary>The dispatcher for actors that wait for devices.</summary>
    public const string DefaultBlockingDispatcherId = "akka.actor.default-blocking-io-dispatcher";

    internal const string InternalDispatcherId = "akka.actor.internal-dispatcher";

    // An alias of an alias of an alias is a mistake, and one of itself never ends.
    private const int MaxAliasDepth = 20;

    private readonly ActorSystem _system;
    private readonly ILoggingAdapter _log;
    private readonly ConcurrentDictionary<string, Lazy<MessageDispatcherConfigurator>> _configurators = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<MessageDispatcher, byte> _made = new();

    /// <summary>Called by the runtime.</summary>
    /// <param name="system">The system.</param>
    /// <param name="prerequisites">What dispatchers need of it.</param>
    /// <param name="logger">The log.</param>
    public Dispatchers(ActorSystem system, IDispatcherPrerequisites prerequisites, ILoggingAdapter logger)
    {
        _system = system;
        _log = logger;
        Prerequisites = prerequisites;
        DefaultGlobalDispatcher = Lookup(DefaultDispatcherId);
        InternalDispatcher = Lookup(InternalDispatcherId);
    }

    /// <summary>What dispatchers need of their system.</summary>
    public IDispatcherPrerequisites Prerequisites { get; }

    /// <summary>The configuration of the default dispatcher.</summary>
    public Config DefaultDispatcherConfig => ConfigOf(DefaultDispatcherId);

    /// <summary>The dispatcher of actors that name none.</summary>
    public MessageDispatcher DefaultGlobalDispatcher { get; }

    internal MessageDispatcher InternalDispatcher { get; }

    /// <summary>The dispatcher of that id.</summary>
    /// <param name="dispatcherName">The path of its configuration.</param>
    /// <exception cref="ConfigurationException">It is not configured.</exception>
    public MessageDispatcher Lookup(string dispatcherName)
    {
        var dispatcher = LookupConfigurator(dispatcherName, 0).Dispatcher();
        _made.TryAdd(dispatcher, 0);
        return dispatcher;
    }

    /// <summary>Whether a dispatcher is configured.</summary>
    /// <param name="id">The path of its configuration.</param>
    public bool HasDispatcher(string id) => _configurators.ContainsKey(id) || _system.Settings.Config.HasPath(id);

    /// <summary>Adds a dispatcher that is not in the configuration.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="configurator">Makes it.</param>
    /// <returns>Whether the id was free.</returns>
    public bool RegisterConfigurator(string id, MessageDispatcherConfigurator configurator)
        => _configurators.TryAdd(id, new Lazy<MessageDispatcherConfigurator>(configurator));

    internal Config ConfigOf(string id)
    {
        var settings = _system.Settings.Config;
        var own = settings.HasPath(id) ? settings.GetConfig(id) : Config.Empty;
        var named = ConfigurationFactory.ParseString($"id = \"{id}\"\nname = \"{id[(id.LastIndexOf('.') + 1)..]}\"").WithFallback(own);
        return id == DefaultDispatcherId ? named : named.WithFallback(settings.GetConfig(DefaultDispatcherId));
    }

    internal void Shutdown()
    {
        foreach (var dispatcher in _made.Keys)
            dispatcher.Shutdown();
    }

    private MessageDispatcherConfigurator LookupConfigurator(string id, int depth)
    {
        if (depth > MaxAliasDepth)
            throw new ConfigurationException($"Didn't find a concrete dispatcher config after following {MaxAliasDepth} aliases, is there a loop in your config? The last one was [{id}].");
        if (_configurators.TryGetValue(id, out var known))
            return known.Value;
        var settings = _system.Settings.Config;
        if (!settings.HasPath(id))
            throw new ConfigurationException($"Dispatcher [{id}] not configured for ActorSystem [{_system.Name}].");
        var value = settings.GetValue(id);
        if (!value.IsObject())
            return LookupConfigurator(value.GetString() ?? "", depth + 1);
        return _configurators.GetOrAdd(id, key => new Lazy<MessageDispatcherConfigurator>(() => ConfiguratorFrom(ConfigOf(key)))).Value;
    }

    private MessageDispatcherConfigurator ConfiguratorFrom(Config config)
    {
        var id = config.GetString("id");
        var type = config.GetString("type", "") ?? "";
        _log.Debug("Making dispatcher [{0}] of type [{1}]", id, type);
        return type switch
        {
            "" => throw new ConfigurationException($"Missing dispatcher type for dispatcher [{id}]: set [{id}.type]."),
            "Dispatcher" or "TaskDispatcher" or "ForkJoinDispatcher" => new DispatcherConfigurator(config, Prerequisites),
            "PinnedDispatcher" => new PinnedDispatcherConfigurator(config, Prerequisites),
            _ => TypeName.Create<MessageDispatcherConfigurator>(type, $"{id}.type", config, Prerequisites),
        };
    }
}
