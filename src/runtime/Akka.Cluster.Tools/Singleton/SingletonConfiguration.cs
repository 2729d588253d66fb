using Akka.Actor;
using Akka.Configuration;
using Akka.Coordination;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>Where the settings of singletons stand, and those that several of them share.</summary>
internal static class SingletonConfiguration
{
    public const string ManagerPath = "akka.cluster.singleton";
    public const string ProxyPath = "akka.cluster.singleton-proxy";
    private const string Part = "Singleton";

    public static Config Defaults() => ReferenceConfiguration.Of(Part);

    public static void Inject(ActorSystem system) => ReferenceConfiguration.Inject(system, Part, "akka-singleton");

    public static string? RoleIn(Config config) => config.GetString("role") is { Length: > 0 } role ? role : null;

    public static LeaseUsageSettings? LeaseIn(Config config) => config.GetString("use-lease") is { Length: > 0 } path
        ? new LeaseUsageSettings(path, config.GetTimeSpan("lease-retry-interval"))
        : null;
}
