using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>What an actor system needs before anything else: its configuration and its provider.</summary>
public sealed class BootstrapSetup : Setup.Setup
{
    private BootstrapSetup(Option<Config> config, Option<Config> configFallback, Option<ProviderSelection> actorRefProvider)
    {
        Config = config;
        ConfigFallback = configFallback;
        ActorRefProvider = actorRefProvider;
    }

    /// <summary>The configuration; when there is none, the application's default one.</summary>
    public Option<Config> Config { get; }

    /// <summary>The provider; when there is none, the one that the configuration names.</summary>
    public Option<ProviderSelection> ActorRefProvider { get; }

    internal Option<Config> ConfigFallback { get; }

    /// <summary>A setup that says nothing yet.</summary>
    public static BootstrapSetup Create() => new(Option<Config>.None, Option<Config>.None, Option<ProviderSelection>.None);

    /// <summary>The same with this provider.</summary>
    /// <param name="name">The provider.</param>
    public BootstrapSetup WithActorRefProvider(ProviderSelection name) => new(Config, ConfigFallback, name);

    /// <summary>The same with this configuration.</summary>
    /// <param name="config">The configuration.</param>
    public BootstrapSetup WithConfig(Config config) => new(config, ConfigFallback, ActorRefProvider);

    /// <summary>The same with a configuration to fall back to, put beneath the one that is there.</summary>
    /// <param name="config">The fallback.</param>
    public BootstrapSetup WithConfigFallback(Config config)
        => new(Config.HasValue ? Config.Value.WithFallback(config) : config, ConfigFallback, ActorRefProvider);
}
