namespace AkkaHa.Core.Model;

/// <summary>
/// One reign of a CRM over the state log: totally ordered by number, then node, then process, so that two CRMs never share one (S5).
/// </summary>
/// <param name="Number">Chosen above every number the candidate has seen.</param>
/// <param name="Node">The candidate's node.</param>
/// <param name="ProcessUid">The uid of the candidate's actor-system incarnation.</param>
public readonly record struct Epoch(long Number, NodeName Node, long ProcessUid) : IComparable<Epoch>
{
    /// <summary>Below every epoch that a CRM can win.</summary>
    public static Epoch None => default;

    /// <inheritdoc />
    public int CompareTo(Epoch other)
    {
        var byNumber = Number.CompareTo(other.Number);
        if (byNumber != 0)
            return byNumber;
        var byNode = Node.CompareTo(other.Node);
        return byNode != 0 ? byNode : ProcessUid.CompareTo(other.ProcessUid);
    }

    /// <summary>Whether the left one is older.</summary>
    public static bool operator <(Epoch left, Epoch right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one is newer.</summary>
    public static bool operator >(Epoch left, Epoch right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one is older or the same.</summary>
    public static bool operator <=(Epoch left, Epoch right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one is newer or the same.</summary>
    public static bool operator >=(Epoch left, Epoch right) => left.CompareTo(right) >= 0;

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Number}.{Node}.{ProcessUid:x}");
}
