namespace Akka.Cluster.SBR;

/// <summary>As soon as a member is out of reach all go, and the cluster is formed anew.</summary>
internal sealed class DownAll : IDowningStrategy
{
    public string Name => SplitBrainResolverSettings.DownAllName;

    public Verdict Decide(SbrView view) => Verdict.DropAll("the strategy downs all members when one is out of reach");
}
