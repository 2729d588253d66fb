namespace AkkaHa.Cli.Tests;

/// <summary>Labs run one after the other: each needs both cores for its bounds to mean anything.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LabCollection
{
    public const string Name = "lab";
}
