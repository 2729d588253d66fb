using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster;

public partial class ClusterEvent
{
    /// <summary>A member has become reachable or unreachable.</summary>
    public abstract class ReachabilityEvent : IReachabilityEvent
    {
        /// <summary>Makes the event.</summary>
        /// <param name="member">The member.</param>
        protected ReachabilityEvent(Member member) => Member = member;

        /// <summary>The member.</summary>
        public Member Member { get; }

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is ReachabilityEvent other && other.GetType() == GetType() && Member.Equals(other.Member);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(GetType(), Member);

        /// <inheritdoc/>
        public override string ToString() => $"{GetType().Name}(Member={Member})";
    }

    /// <summary>At least one observer finds the member unreachable, and none did before.</summary>
    public sealed class UnreachableMember : ReachabilityEvent
    {
        /// <summary>Makes the event.</summary>
        /// <param name="member">The member.</param>
        public UnreachableMember(Member member) : base(member)
        {
        }
    }

    /// <summary>All observers reach the member again.</summary>
    public sealed class ReachableMember : ReachabilityEvent
    {
        /// <summary>Makes the event.</summary>
        /// <param name="member">The member.</param>
        public ReachableMember(Member member) : base(member)
        {
        }
    }

    /// <summary>Other nodes have seen the current version of the gossip.</summary>
    internal sealed class SeenChanged(bool convergence, ImmutableHashSet<Address> seenBy) : IClusterDomainEvent
    {
        public bool Convergence { get; } = convergence;

        public ImmutableHashSet<Address> SeenBy { get; } = seenBy;
    }

    /// <summary>Who finds whom unreachable has changed.</summary>
    internal sealed class ReachabilityChanged(Reachability reachability) : IClusterDomainEvent
    {
        public Reachability Reachability { get; } = reachability;
    }
}
