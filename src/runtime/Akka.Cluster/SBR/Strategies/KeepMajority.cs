namespace Akka.Cluster.SBR;

/// <summary>The side with most members stays; of two equal ones that with the lowest address.</summary>
internal sealed class KeepMajority(string? role) : IDowningStrategy
{
    public string Name => SplitBrainResolverSettings.KeepMajorityName;

    public Verdict Decide(SbrView view)
    {
        var sides = view.Counted(role);
        if (sides.Count == 0) return Verdict.DropAll($"no member counts{(string.IsNullOrEmpty(role) ? "" : $" for the role {role}")}");
        var counts = $"{sides.Here.Count} members on this side, {sides.There.Count} on the other";
        if (!IsMajority(sides)) return Verdict.DropThisSide(counts);
        return IsMajority(view.CountedAgainstThisSide(role))
            ? Verdict.KeepThisSide(counts)
            : Verdict.DropAll($"{counts}, but the other side may know of members that joined or left and count itself as the majority");
    }

    internal static bool IsMajority(SbrView.Sides sides)
    {
        if (sides.Here.Count != sides.There.Count) return sides.Here.Count > sides.There.Count;
        return sides.Here.Count > 0 && sides.Here[0].CompareTo(sides.There[0]) < 0;
    }
}
