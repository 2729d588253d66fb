namespace Akka.Cluster.Processes.Tests.Support;

/// <summary>A fact about hosts in network namespaces, which not every machine can have.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HostsFactAttribute : FactAttribute
{
    public HostsFactAttribute() => Skip = Hosts.WhyNot!;
}
