using System.Collections.Immutable;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;

namespace AkkaHa.Cluster.Membership;

/// <summary>Asks for the <see cref="MembershipView"/> now and after every change; ends when the subscriber stops.</summary>
public sealed record WatchMembership
{
    /// <summary>The one request.</summary>
    public static WatchMembership Instance { get; } = new();
}

/// <summary>Who is a member, as this node sees it.</summary>
/// <param name="Members">The nodes that are up.</param>
/// <param name="Unreachable">Those of them that the failure detector does not hear.</param>
/// <param name="Absences">What is known of nodes that were members and are none now.</param>
public sealed record MembershipView(
    ImmutableSortedSet<NodeName> Members,
    ImmutableSortedSet<NodeName> Unreachable,
    ImmutableSortedDictionary<NodeName, Absence> Absences)
{
    /// <summary>Before anything was seen.</summary>
    public static MembershipView Empty { get; } = new([], [], ImmutableSortedDictionary<NodeName, Absence>.Empty);

    /// <summary>The members that are heard.</summary>
    public ImmutableSortedSet<NodeName> Reachable => Members.Except(Unreachable);
}
