namespace Akka.Cluster;

/// <summary>Which status may follow which, and which of two statuses of one member is the later.</summary>
internal static class MemberTransitions
{
    /// <summary>Whether a member may go from one status to another in one step.</summary>
    public static bool IsAllowed(MemberStatus from, MemberStatus to) => from switch
    {
        MemberStatus.Joining => to is MemberStatus.WeaklyUp or MemberStatus.Up or MemberStatus.Leaving or MemberStatus.Down or MemberStatus.Removed,
        MemberStatus.WeaklyUp => to is MemberStatus.Up or MemberStatus.Leaving or MemberStatus.Down or MemberStatus.Removed,
        MemberStatus.Up => to is MemberStatus.Leaving or MemberStatus.Down or MemberStatus.Removed,
        MemberStatus.Leaving => to is MemberStatus.Exiting or MemberStatus.Down or MemberStatus.Removed,
        MemberStatus.Exiting => to is MemberStatus.Down or MemberStatus.Removed,
        MemberStatus.Down => to is MemberStatus.Removed,
        MemberStatus.Removed => false,
        _ => throw new ArgumentOutOfRangeException(nameof(from), from, "This is not the status of a member."),
    };

    /// <summary>
    /// The place of a status in a member's life. Statuses only ever go up this ladder, so that the higher of two is the
    /// later, and merging two gossips is the maximum: the same in any order and however often.
    /// </summary>
    public static int Rank(MemberStatus status) => status switch
    {
        MemberStatus.Joining => 0,
        MemberStatus.WeaklyUp => 1,
        MemberStatus.Up => 2,
        MemberStatus.Leaving => 3,
        MemberStatus.Exiting => 4,
        MemberStatus.Down => 5,
        MemberStatus.Removed => 6,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "This is not the status of a member."),
    };
}
