using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>What a subscriber of the cluster is told (<see cref="Cluster.Subscribe(IActorRef, Type[])"/>).</summary>
public partial class ClusterEvent
{
    /// <summary>Start with one <see cref="CurrentClusterState"/>.</summary>
    public static readonly SubscriptionInitialStateMode InitialStateAsSnapshot = SubscriptionInitialStateMode.InitialStateAsSnapshot;

    /// <summary>Start with the events that lead to the current state.</summary>
    public static readonly SubscriptionInitialStateMode InitialStateAsEvents = SubscriptionInitialStateMode.InitialStateAsEvents;

    /// <summary>How a subscription begins.</summary>
    public enum SubscriptionInitialStateMode
    {
        /// <summary>With one <see cref="CurrentClusterState"/>.</summary>
        InitialStateAsSnapshot = 0,

        /// <summary>With the events that lead to the current state.</summary>
        InitialStateAsEvents = 1,
    }

    /// <summary>Any event of the cluster.</summary>
    public interface IClusterDomainEvent : IDeadLetterSuppression
    {
    }

    /// <summary>A change in the life of a member.</summary>
    public interface IMemberEvent : IClusterDomainEvent
    {
        /// <summary>The member as it is after the change.</summary>
        Member Member { get; }
    }

    /// <summary>A change of who is in reach.</summary>
    public interface IReachabilityEvent : IClusterDomainEvent
    {
    }

    /// <summary>The cluster as a node sees it at one moment.</summary>
    public sealed class CurrentClusterState : INoSerializationVerificationNeeded
    {
        private readonly ImmutableDictionary<string, Address?> _roleLeaders;

        /// <summary>A state without members.</summary>
        public CurrentClusterState()
            : this(ImmutableSortedSet.Create(Member.Ordering), [], [], null, ImmutableDictionary<string, Address?>.Empty)
        {
        }

        /// <summary>A state of its parts.</summary>
        /// <param name="members">All members, in the order of their addresses.</param>
        /// <param name="unreachable">The members that somebody finds unreachable.</param>
        /// <param name="seenBy">The addresses of the nodes that have seen this version of the gossip.</param>
        /// <param name="leader">The address of the leader, if there is one.</param>
        /// <param name="roleLeaderMap">By role, the address of its first member that could lead, if there is one.</param>
        public CurrentClusterState(
            ImmutableSortedSet<Member> members, ImmutableHashSet<Member> unreachable, ImmutableHashSet<Address> seenBy,
            Address? leader, ImmutableDictionary<string, Address?> roleLeaderMap)
        {
            Members = members;
            Unreachable = unreachable;
            SeenBy = seenBy;
            Leader = leader;
            _roleLeaders = roleLeaderMap;
        }

        /// <summary>All members, in the order of their addresses.</summary>
        public ImmutableSortedSet<Member> Members { get; }

        /// <summary>The members that somebody finds unreachable.</summary>
        public ImmutableHashSet<Member> Unreachable { get; }

        /// <summary>The addresses of the nodes that have seen this version of the gossip.</summary>
        public ImmutableHashSet<Address> SeenBy { get; }

        /// <summary>The address of the leader, or null while there is none.</summary>
        public Address? Leader { get; }

        /// <summary>Every role that a member has.</summary>
        public ImmutableHashSet<string> AllRoles => _roleLeaders.Keys.ToImmutableHashSet();

        /// <summary>Whether members run different application versions, as during a rolling upgrade.</summary>
        public bool HasMoreThanOneAppVersion => Members.Select(m => m.AppVersion).Distinct().Skip(1).Any();

        /// <summary>The address of the first member of a role that could lead, or null while there is none.</summary>
        /// <param name="role">The name of the role.</param>
        public Address? RoleLeader(string role) => _roleLeaders.GetValueOrDefault(role);

        /// <summary>This state with some parts replaced; what is null stays.</summary>
        /// <param name="members">See <see cref="Members"/>.</param>
        /// <param name="unreachable">See <see cref="Unreachable"/>.</param>
        /// <param name="seenBy">See <see cref="SeenBy"/>.</param>
        /// <param name="leader">See <see cref="Leader"/>.</param>
        /// <param name="roleLeaderMap">See <see cref="RoleLeader"/>.</param>
        public CurrentClusterState Copy(
            ImmutableSortedSet<Member>? members = null, ImmutableHashSet<Member>? unreachable = null, ImmutableHashSet<Address>? seenBy = null,
            Address? leader = null, ImmutableDictionary<string, Address?>? roleLeaderMap = null) =>
            new(members ?? Members, unreachable ?? Unreachable, seenBy ?? SeenBy, leader ?? Leader, roleLeaderMap ?? _roleLeaders);
    }

    /// <summary>The cluster extension of this node stops.</summary>
    public sealed class ClusterShuttingDown : IClusterDomainEvent
    {
        /// <summary>The one instance.</summary>
        public static readonly IClusterDomainEvent Instance = new ClusterShuttingDown();

        private ClusterShuttingDown()
        {
        }
    }

    /// <summary>Another member leads.</summary>
    public sealed class LeaderChanged : IClusterDomainEvent
    {
        /// <summary>Makes the event.</summary>
        /// <param name="leader">The new leader, or null if nobody can lead.</param>
        public LeaderChanged(Address? leader) => Leader = leader;

        /// <summary>The new leader, or null if nobody can lead.</summary>
        public Address? Leader { get; }

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is LeaderChanged other && Equals(Leader, other.Leader);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(nameof(LeaderChanged), Leader);

        /// <inheritdoc/>
        public override string ToString() => $"LeaderChanged(NewLeader={Leader})";
    }

    /// <summary>Another member is the first of its role that could lead.</summary>
    public sealed class RoleLeaderChanged : IClusterDomainEvent
    {
        /// <summary>Makes the event.</summary>
        /// <param name="role">The role.</param>
        /// <param name="leader">Its new leader, or null if no member of the role can lead.</param>
        public RoleLeaderChanged(string role, Address? leader)
        {
            Role = role;
            Leader = leader;
        }

        /// <summary>Its new leader, or null if no member of the role can lead.</summary>
        public Address? Leader { get; }

        /// <summary>The role.</summary>
        public string Role { get; }

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is RoleLeaderChanged other && Role == other.Role && Equals(Leader, other.Leader);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Role, Leader);

        /// <inheritdoc/>
        public override string ToString() => $"RoleLeaderChanged(Leader={Leader}, Role={Role})";
    }
}
