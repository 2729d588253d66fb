namespace Akka.Cluster.SBR;

/// <summary>
/// The side of the oldest member stays, unless that is alone and may be given up: then the others stay, because a
/// single crashed oldest must not take the cluster with it.
/// </summary>
internal sealed class KeepOldest(bool downIfAlone, string? role) : IDowningStrategy
{
    public string Name => SplitBrainResolverSettings.KeepOldestName;

    public Verdict Decide(SbrView view)
    {
        var byAge = view.Members.Where(m => string.IsNullOrEmpty(role) || m.HasRole(role)).Order(Member.AgeOrdering).ToList();
        var oldest = byAge.Find(SbrView.IsCounted);
        if (oldest is null) return Verdict.DropAll($"no member counts{(string.IsNullOrEmpty(role) ? "" : $" for the role {role}")}");
        var isHere = IsHere(view, oldest);
        var where = $"the oldest member [{oldest.Address}] is on {(isHere ? "this" : "the other")} side";
        if (!IsKeptNow(view, byAge, oldest)) return Verdict.DropThisSide(where);
        return IsKeptWhateverTheOtherSideKnows(view, byAge)
            ? Verdict.KeepThisSide(where)
            : Verdict.DropAll($"{where}, but the other side may know of members that joined or left and keep itself");
    }

    private static bool IsHere(SbrView view, Member member) => !view.Unreachable.Contains(member.UniqueAddress);

    private bool IsKeptNow(SbrView view, List<Member> byAge, Member oldest)
    {
        var counted = byAge.Where(SbrView.IsCounted).ToLookup(m => IsHere(view, m));
        var isHere = IsHere(view, oldest);
        var isAlone = counted[isHere].Count() == 1 && counted[!isHere].Any();
        return isHere != (downIfAlone && isAlone);
    }

    /// <summary>
    /// A member that joins, leaves or exits may or may not count on the other side. Whoever may be taken for the oldest there is
    /// tried, from the oldest on, up to the first that counts for certain; each time with the rest as it suits the other side best.
    /// </summary>
    private bool IsKeptWhateverTheOtherSideKnows(SbrView view, List<Member> byAge)
    {
        for (var place = 0; place < byAge.Count; place++)
        {
            var younger = byAge.Skip(place + 1).ToList();
            if (!IsKeptIfOldest(view, byAge[place], younger)) return false;
            if (byAge[place].Status == MemberStatus.Up) return true;
        }

        return false;
    }

    private bool IsKeptIfOldest(SbrView view, Member oldest, List<Member> younger)
    {
        var mayBeThere = younger.Exists(m => !IsHere(view, m));
        var surelyHere = younger.Exists(m => IsHere(view, m) && m.Status == MemberStatus.Up);
        return IsHere(view, oldest)
            ? !downIfAlone || surelyHere || !mayBeThere
            : downIfAlone && !mayBeThere && surelyHere;
    }
}
