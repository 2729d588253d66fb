using Akka.Configuration;

namespace Akka.Actor;

/// <summary>One step of a coordinated shutdown: what it follows, how long it may take, and whether the shutdown goes on when it fails.</summary>
internal sealed record ShutdownPhase(IReadOnlyCollection<string> DependsOn, TimeSpan Timeout, bool Recover)
{
    /// <summary>Reads the phases of <c>akka.coordinated-shutdown</c>.</summary>
    /// <exception cref="ConfigurationException">A phase has a timeout that is not positive and finite.</exception>
    internal static IReadOnlyDictionary<string, ShutdownPhase> Read(Config config)
    {
        var defaultTimeout = config.GetTimeSpan("default-phase-timeout", TimeSpan.FromSeconds(5), allowInfinite: false);
        var phases = new Dictionary<string, ShutdownPhase>(StringComparer.Ordinal);
        foreach (var (name, _) in config.GetConfig("phases").AsEnumerable())
        {
            var key = "phases.\"" + name + "\"";
            var dependsOn = config.HasPath(key + ".depends-on") ? config.GetStringList(key + ".depends-on") : [];
            var timeout = config.GetTimeSpan(key + ".timeout", defaultTimeout, allowInfinite: false);
            if (timeout <= TimeSpan.Zero)
                throw new ConfigurationException($"akka.coordinated-shutdown.{key}.timeout is {timeout}, but must be above zero.");
            phases[name] = new ShutdownPhase([.. dependsOn], timeout, config.GetBoolean(key + ".recover", true));
        }

        return phases;
    }

    /// <summary>
    /// The phases in an order in which each follows all it depends on. Phases that are only depended on count too. Among those that
    /// could come next the one that was found first does, so that the order is the same each time.
    /// </summary>
    /// <exception cref="ArgumentException">Phases depend on each other in a circle.</exception>
    internal static IReadOnlyList<string> Order(IReadOnlyDictionary<string, ShutdownPhase> phases)
    {
        var ordered = new List<string>();
        var open = new List<string>();

        foreach (var name in phases.Keys.Order(StringComparer.Ordinal))
            Visit(name);
        return ordered;

        void Visit(string name)
        {
            if (ordered.Contains(name))
                return;
            if (open.Contains(name))
            {
                var circle = string.Join(" -> ", open.Skip(open.IndexOf(name)).Append(name));
                throw new ArgumentException($"The phases of akka.coordinated-shutdown depend on each other in a circle: {circle}. Remove one of these depends-on.");
            }

            open.Add(name);
            if (phases.TryGetValue(name, out var phase))
            {
                foreach (var before in phase.DependsOn.Order(StringComparer.Ordinal))
                    Visit(before);
            }

            open.Remove(name);
            ordered.Add(name);
        }
    }
}
