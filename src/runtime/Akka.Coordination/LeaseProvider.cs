using System.Collections.Concurrent;
using System.Reflection;
using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Coordination;

/// <summary>Makes leases of the kinds that the configuration names.</summary>
public class LeaseProvider : IExtension
{
    private const string DefaultsPath = "akka.coordination.lease";
    private const string ClassKey = "lease-class";

    private readonly ExtendedActorSystem _system;
    private readonly ConcurrentDictionary<(string Name, string Path, string Owner), Lazy<Lease>> _leases = new();

    /// <summary>Called by the runtime; use <see cref="Get"/>.</summary>
    /// <param name="system">The actor system.</param>
    public LeaseProvider(ExtendedActorSystem system)
    {
        _system = system;
        system.Settings.InjectTopLevelFallback(DefaultConfig());
    }

    /// <summary>The provider of a system.</summary>
    /// <param name="system">The actor system.</param>
    public static LeaseProvider Get(ActorSystem system) => system.WithExtension<LeaseProvider, LeaseProviderExtensionProvider>();

    /// <summary>The defaults, <c>akka.coordination.lease</c>.</summary>
    public static Config DefaultConfig() => ConfigurationFactory.FromResource<LeaseProvider>("Akka.Coordination.reference.conf");

    /// <summary>The lease of that name; the same object for the same three arguments.</summary>
    /// <param name="leaseName">The name that contenders share.</param>
    /// <param name="configPath">The path of the block that says which kind, such as <c>akka.coordination.lease.sql</c>.</param>
    /// <param name="ownerName">The name that tells the contenders apart.</param>
    /// <exception cref="ConfigurationException">The block or its class is missing or cannot be used.</exception>
    public Lease GetLease(string leaseName, string configPath, string ownerName)
    {
        var key = (leaseName, configPath, ownerName);
        var lease = _leases.GetOrAdd(key, k => new Lazy<Lease>(() => Make(k.Name, k.Path, k.Owner)));
        try
        {
            return lease.Value;
        }
        catch
        {
            // What could not be made is tried anew the next time.
            _leases.TryRemove(KeyValuePair.Create(key, lease));
            throw;
        }
    }

    private Lease Make(string leaseName, string configPath, string ownerName)
    {
        var config = _system.Settings.Config;
        if (string.IsNullOrEmpty(configPath) || !config.HasPath(configPath))
            throw new ConfigurationException($"There is no lease at the path [{configPath}] of the configuration; it must hold a block with a {ClassKey}.");
        var block = config.GetConfig(configPath).WithFallback(config.GetConfig(DefaultsPath));
        var className = block.GetString(ClassKey, "");
        if (string.IsNullOrEmpty(className))
            throw new ConfigurationException($"The lease at [{configPath}] names no {ClassKey}.");
        var type = TypeName.Find(className)
            ?? throw new ConfigurationException($"The class [{className}] that [{configPath}.{ClassKey}] names cannot be found; write it as \"Namespace.Type, Assembly\".");
        var settings = LeaseSettings.Create(block, leaseName, ownerName);
        return type.GetConstructor(BindingFlags.Instance | BindingFlags.Public, [typeof(LeaseSettings), typeof(ExtendedActorSystem)]) is not null
            ? TypeName.Create<Lease>(type, $"{configPath}.{ClassKey}", settings, _system)
            : TypeName.Create<Lease>(type, $"{configPath}.{ClassKey}", settings);
    }
}
