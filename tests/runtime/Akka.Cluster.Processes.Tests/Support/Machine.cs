namespace Akka.Cluster.Processes.Tests.Support;

/// <summary>Ten processes at a time are enough for one machine.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Machine
{
    public const string Name = "machine";
}
