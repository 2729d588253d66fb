namespace Akka.Cluster;

public partial class ClusterEvent
{
    /// <summary>A member has a new status.</summary>
    public abstract class MemberStatusChange : IMemberEvent
    {
        /// <summary>The member as it is after the change.</summary>
        protected readonly Member _member;

        /// <summary>Makes the event.</summary>
        /// <param name="member">The member as it is after the change.</param>
        /// <param name="validStatus">The status that the event is about.</param>
        /// <exception cref="ArgumentException">The member has another status.</exception>
        protected MemberStatusChange(Member member, MemberStatus validStatus)
        {
            if (member.Status != validStatus)
                throw new ArgumentException($"Member {member.Address} is {member.Status}, but the event is for a member that is {validStatus}.", nameof(member));
            _member = member;
        }

        /// <summary>The member as it is after the change.</summary>
        public Member Member => _member;

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is MemberStatusChange other && other.GetType() == GetType() && _member.Equals(other._member);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(GetType(), _member);

        /// <inheritdoc/>
        public override string ToString() => $"{GetType().Name}(Member={_member})";
    }

    /// <summary>A node has asked to join and is now a member.</summary>
    public sealed class MemberJoined : MemberStatusChange
    {
        /// <summary>Makes the event.</summary>
        /// <param name="member">The member; its status is <see cref="MemberStatus.Joining"/>.</param>
        public MemberJoined(Member member) : base(member, MemberStatus.Joining)
        {
        }
    }

    /// <summary>A member works, although the cluster has not converged since it joined.</summary>
    public sealed class MemberWeaklyUp : MemberStatusChange
    {
        /// <summary>Makes the event.</summary>
        /// <param name="member">The member; its status is <see cref="MemberStatus.WeaklyUp"/>.</param>
        public MemberWeaklyUp(Member member) : base(member, MemberStatus.WeaklyUp)
        {
        }
    }

    /// <summary>A member was moved up by the leader.</summary>
    public sealed class MemberUp : MemberStatusChange
    {
        /// <summary>Makes the event.</summary>
        /// <param name="member">The member; its status is <see cref="MemberStatus.Up"/>.</param>
        public MemberUp(Member member) : base(member, MemberStatus.Up)
        {
        }
    }

    /// <summary>A member has asked to leave.</summary>
    public sealed class MemberLeft : MemberStatusChange
    {
        /// <summary>Makes the event.</summary>
        /// <param name="member">The member; its status is <see cref="MemberStatus.Leaving"/>.</param>
        public MemberLeft(Member member) : base(member, MemberStatus.Leaving)
        {
        }
    }

    /// <summary>All members know that a member leaves; it stops what it does.</summary>
    public sealed class MemberExited : MemberStatusChange
    {
        /// <summary>Makes the event.</summary>
        /// <param name="member">The member; its status is <see cref="MemberStatus.Exiting"/>.</param>
        public MemberExited(Member member) : base(member, MemberStatus.Exiting)
        {
        }
    }

    /// <summary>A member is taken for dead. It may not have noticed; see <see cref="MemberRemoved"/>.</summary>
    public sealed class MemberDowned : MemberStatusChange
    {
        /// <summary>Makes the event.</summary>
        /// <param name="member">The member; its status is <see cref="MemberStatus.Down"/>.</param>
        public MemberDowned(Member member) : base(member, MemberStatus.Down)
        {
        }
    }

    /// <summary>A member is gone from the cluster, after leaving or after being downed.</summary>
    public sealed class MemberRemoved : MemberStatusChange
    {
        /// <summary>Makes the event.</summary>
        /// <param name="member">The member; its status is <see cref="MemberStatus.Removed"/>.</param>
        /// <param name="previousStatus"><see cref="MemberStatus.Exiting"/> if it left, <see cref="MemberStatus.Down"/> if it was downed.</param>
        public MemberRemoved(Member member, MemberStatus previousStatus) : base(member, MemberStatus.Removed) => PreviousStatus = previousStatus;

        /// <summary><see cref="MemberStatus.Exiting"/> if it left, <see cref="MemberStatus.Down"/> if it was downed.</summary>
        public MemberStatus PreviousStatus { get; }

        /// <inheritdoc/>
        public override bool Equals(object? obj) => base.Equals(obj) && PreviousStatus == ((MemberRemoved)obj!).PreviousStatus;

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), PreviousStatus);

        /// <inheritdoc/>
        public override string ToString() => $"MemberRemoved(Member={_member}, PreviousStatus={PreviousStatus})";
    }
}
