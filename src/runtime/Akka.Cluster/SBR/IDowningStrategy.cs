namespace Akka.Cluster.SBR;

/// <summary>Decides which side of a partition stays. Pure: equal views give equal verdicts.</summary>
internal interface IDowningStrategy
{
    /// <summary>The name of the strategy in the configuration.</summary>
    string Name { get; }

    /// <summary>Decides about the side whose view it is.</summary>
    Verdict Decide(SbrView view);
}
