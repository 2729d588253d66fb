namespace Akka.Cluster.SBR;

/// <summary>The side that gets the lease stays. The one that seems to be the minority lets the other try first.</summary>
internal sealed class LeaseMajority(string? role, TimeSpan delayForMinority) : IDowningStrategy
{
    public string Name => SplitBrainResolverSettings.LeaseMajorityName;

    public Verdict Decide(SbrView view)
    {
        var sides = view.Counted(role);
        var isMajority = KeepMajority.IsMajority(sides);
        return Verdict.AskLease(
            isMajority ? TimeSpan.Zero : delayForMinority,
            $"{sides.Here.Count} members on this side, {sides.There.Count} on the other; the lease decides");
    }
}
