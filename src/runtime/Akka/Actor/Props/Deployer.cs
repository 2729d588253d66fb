using System.Collections.Concurrent;
using Akka.Configuration;

namespace Akka.Actor;

/// <summary>What <c>akka.actor.deployment</c> says about actors by their paths.</summary>
public class Deployer
{
    /// <summary>The section <c>akka.actor.deployment.default</c>.</summary>
    protected readonly Config Default;

    private readonly ConcurrentDictionary<string, Deploy> _deployments = new(StringComparer.Ordinal);

    /// <summary>Reads the section.</summary>
    /// <param name="settings">The settings of the system.</param>
    public Deployer(Settings settings)
    {
        Default = settings.Config.GetConfig("akka.actor.deployment.default") ?? Config.Empty;
        var deployment = settings.Config.GetConfig("akka.actor.deployment");
        if (deployment is null)
            return;
        foreach (var (key, _) in deployment.AsEnumerable())
        {
            var path = key.Trim('"');
            if (path != "default")
                SetDeploy(ParseConfig(path, deployment.GetConfig($"\"{path}\"").WithFallback(Default)));
        }
    }

    /// <summary>The deployment of an actor, by its path below the user guardian.</summary>
    /// <param name="path">The path of the actor.</param>
    /// <returns><see cref="Deploy.None"/> when nothing is said about it.</returns>
    public Deploy Lookup(ActorPath path)
        => !_deployments.IsEmpty && path.Depth > 1 && path.ParentOf(1).Name == "user" ? Lookup(path.Elements.Skip(1)) : Deploy.None;

    /// <summary>The deployment of an actor, by its path below the user guardian.</summary>
    /// <param name="path">The names.</param>
    /// <returns><see cref="Deploy.None"/> when nothing is said about it.</returns>
    public Deploy Lookup(IEnumerable<string> path)
        => _deployments.IsEmpty ? Deploy.None : _deployments.GetValueOrDefault("/" + string.Join('/', path), Deploy.None);

    /// <summary>Adds a deployment.</summary>
    /// <param name="deploy">The deployment; its path says whose it is.</param>
    public void SetDeploy(Deploy deploy) => _deployments[deploy.Path] = deploy;

    /// <summary>Reads the section of one path.</summary>
    /// <param name="key">The path.</param>
    /// <param name="config">The section.</param>
    public virtual Deploy ParseConfig(string key, Config config) => new(
        key,
        config,
        Deploy.NoScopeGiven,
        config.GetString("dispatcher", "") ?? "",
        config.GetString("mailbox", "") ?? "",
        config.GetInt("stash-capacity", Deploy.NoStashSize));
}
