using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Embedded;

namespace Akka.Persistence;

/// <summary>The journals and snapshot stores of an actor system. Each starts when it is first asked for and lives as long as the system.</summary>
public class PersistenceExtension : IExtension
{
    private const string NoSnapshotStoreId = "akka.persistence.snapshot-store.no-snapshot-store";
    private const string JournalFallback = "akka.persistence.journal-plugin-fallback";
    private const string SnapshotFallback = "akka.persistence.snapshot-store-plugin-fallback";

    private readonly ExtendedActorSystem _system;
    private readonly Config _config;
    private readonly ConcurrentDictionary<string, Lazy<Plugin>> _plugins = new();
    private readonly Lazy<IStashOverflowStrategy> _stashOverflowStrategy;
    private readonly Lazy<IActorRef> _recoveryPermitter;
    private readonly RuntimeEnvironment _environment;

    /// <summary>Creates the extension; called by <see cref="Persistence"/>.</summary>
    /// <param name="system">The actor system.</param>
    public PersistenceExtension(ExtendedActorSystem system)
    {
        _system = system;
        system.Settings.InjectTopLevelFallback(Akka.Persistence.Persistence.DefaultConfig());
        _config = system.Settings.Config.GetConfig("akka.persistence");
        _environment = RuntimeEnvironment.Of(system);
        _stashOverflowStrategy = new Lazy<IStashOverflowStrategy>(CreateStashOverflowStrategy);
        _recoveryPermitter = new Lazy<IActorRef>(
            () => system.SystemActorOf(PermitterProps(), "recoveryPermitter"));

        foreach (var id in _config.GetStringList("journal.auto-start-journals")) JournalFor(id);
        foreach (var id in _config.GetStringList("snapshot-store.auto-start-snapshot-stores")) SnapshotStoreFor(id);
    }

    /// <summary>What happens to a command that finds an actor's internal stash full, unless the actor says otherwise.</summary>
    public IStashOverflowStrategy DefaultInternalStashOverflowStrategy => _stashOverflowStrategy.Value;

    /// <summary>Hands out permits to recover.</summary>
    internal IActorRef RecoveryPermitter => _recoveryPermitter.Value;

    /// <summary>The journal with a configuration path.</summary>
    /// <param name="journalPluginId">The path; empty means <c>akka.persistence.journal.plugin</c>.</param>
    /// <exception cref="ArgumentException">Nothing is configured there.</exception>
    public IActorRef JournalFor(string journalPluginId) => JournalPlugin(journalPluginId).Actor;

    /// <summary>The snapshot store with a configuration path.</summary>
    /// <param name="snapshotPluginId">The path; empty means <c>akka.persistence.snapshot-store.plugin</c>.</param>
    /// <exception cref="ArgumentException">Nothing is configured there.</exception>
    public IActorRef SnapshotStoreFor(string snapshotPluginId) => SnapshotPlugin(snapshotPluginId).Actor;

    /// <summary>A persistence id made of an actor's path.</summary>
    /// <param name="actor">The actor.</param>
    public string PersistenceId(IActorRef actor) => actor.Path.ToStringWithoutAddress();

    internal TimeSpan RecoveryEventTimeoutOf(string journalPluginId) => JournalPlugin(journalPluginId).Config.GetTimeSpan("recovery-event-timeout");

    internal bool IsSnapshotOptional(string snapshotPluginId) => SnapshotPlugin(snapshotPluginId).Config.GetBoolean("snapshot-is-optional");

    /// <summary>The configuration of a plugin, for the plugin's own actor: its name is its configuration path.</summary>
    internal Config ConfigOfJournal(IActorRef journal) => ConfigAt(journal.Path.Name, JournalFallback, "journal");

    /// <summary>See <see cref="ConfigOfJournal"/>.</summary>
    internal Config ConfigOfSnapshotStore(IActorRef store) => ConfigAt(store.Path.Name, SnapshotFallback, "snapshot store");

    /// <summary>A name for one incarnation of an actor, as no other has it.</summary>
    internal string NextWriterGuid() =>
        FormattableString.Invariant($"{_environment.NextUid():x8}{_environment.NextUid():x8}{_environment.NextUid():x8}{_environment.NextUid():x8}");

    private Props PermitterProps() => Akka.Persistence.RecoveryPermitter.Props(_config.GetInt("max-concurrent-recoveries"));

    private Plugin JournalPlugin(string id)
    {
        if (string.IsNullOrEmpty(id)) id = _config.GetString("journal.plugin");
        if (string.IsNullOrEmpty(id))
            throw new ArgumentException("No journal is configured: set akka.persistence.journal.plugin to the configuration path of one.");
        return PluginAt(id, JournalFallback, "journal");
    }

    private Plugin SnapshotPlugin(string id)
    {
        if (string.IsNullOrEmpty(id)) id = _config.GetString("snapshot-store.plugin");
        if (string.IsNullOrEmpty(id)) id = NoSnapshotStoreId;
        return PluginAt(id, SnapshotFallback, "snapshot store");
    }

    private Plugin PluginAt(string id, string fallbackPath, string kind)
    {
        var lazy = _plugins.GetOrAdd(id, path => new Lazy<Plugin>(() => Start(path, fallbackPath, kind)));
        try
        {
            return lazy.Value;
        }
        catch
        {
            // A Lazy keeps its exception; whoever asks next should see the present one.
            _plugins.TryRemove(new KeyValuePair<string, Lazy<Plugin>>(id, lazy));
            throw;
        }
    }

    private Plugin Start(string id, string fallbackPath, string kind)
    {
        var config = ConfigAt(id, fallbackPath, kind);
        var typeName = config.GetString("class");
        var type = string.IsNullOrEmpty(typeName) ? null : Type.GetType(typeName, throwOnError: false);
        if (type is null)
            throw new ConfigurationException($"The {kind} {id} cannot start: its class is \"{typeName}\", and there is no such type.");
        var takesConfig = type.GetConstructor([typeof(Config)]) is not null;
        var props = takesConfig ? Props.Create(type, config) : Props.Create(type);
        return new Plugin(_system.SystemActorOf(props.WithDispatcher(config.GetString("plugin-dispatcher")), id), config);
    }

    private Config ConfigAt(string id, string fallbackPath, string kind)
    {
        if (!_system.Settings.Config.HasPath(id))
            throw new ArgumentException($"The {kind} {id} cannot start: nothing is configured at that path.");
        return _system.Settings.Config.GetConfig(id).WithFallback(_system.Settings.Config.GetConfig(fallbackPath));
    }

    private IStashOverflowStrategy CreateStashOverflowStrategy()
    {
        const string Key = "akka.persistence.internal-stash-overflow-strategy";
        var typeName = _config.GetString("internal-stash-overflow-strategy");
        var type = Type.GetType(typeName, throwOnError: false);
        if (type is null || Activator.CreateInstance(type) is not IStashOverflowStrategyConfigurator configurator)
            throw new ConfigurationException($"{Key} is \"{typeName}\", which is no {nameof(IStashOverflowStrategyConfigurator)}.");
        return configurator.Create(_system.Settings.Config);
    }

    private sealed record Plugin(IActorRef Actor, Config Config);
}
