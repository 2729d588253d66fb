namespace Akka.Cluster.SBR;

/// <summary>
/// The side with at least a fixed number of members stays. Only members that are up count towards it: one that leaves
/// may be gone, and replaced, in what the other side knows.
/// </summary>
internal sealed class StaticQuorum(int size, string? role) : IDowningStrategy
{
    public string Name => SplitBrainResolverSettings.StaticQuorumName;

    public Verdict Decide(SbrView view)
    {
        // With 2 * size members both sides of a partition could be a quorum.
        var total = view.Counted(role).Count;
        if (total > 2 * size - 1)
            return Verdict.DropAll($"{total} members count, but a quorum of {size} is safe for {2 * size - 1} at most");
        var here = view.CountedAgainstThisSide(role).Here.Count;
        return here >= size
            ? Verdict.KeepThisSide($"{here} members on this side are a quorum of {size}")
            : Verdict.DropThisSide($"{here} members on this side are no quorum of {size}");
    }
}
