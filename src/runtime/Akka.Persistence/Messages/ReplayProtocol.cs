using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>Asks a journal for the events of one persistence id, in order.</summary>
public sealed class ReplayMessages : IJournalRequest, IEquatable<ReplayMessages>
{
    /// <summary>Creates the request.</summary>
    /// <param name="fromSequenceNr">The first sequence number, inclusive.</param>
    /// <param name="toSequenceNr">The last sequence number, inclusive.</param>
    /// <param name="max">At most so many events.</param>
    /// <param name="persistenceId">Whose events.</param>
    /// <param name="persistentActor">Who gets them.</param>
    public ReplayMessages(long fromSequenceNr, long toSequenceNr, long max, string persistenceId, IActorRef persistentActor)
    {
        FromSequenceNr = fromSequenceNr;
        ToSequenceNr = toSequenceNr;
        Max = max;
        PersistenceId = persistenceId;
        PersistentActor = persistentActor;
    }

    /// <summary>The first sequence number, inclusive.</summary>
    public long FromSequenceNr { get; }

    /// <summary>The last sequence number, inclusive.</summary>
    public long ToSequenceNr { get; }

    /// <summary>At most so many events.</summary>
    public long Max { get; }

    /// <summary>Whose events.</summary>
    public string PersistenceId { get; }

    /// <summary>Who gets them.</summary>
    public IActorRef PersistentActor { get; }

    /// <summary>The incarnation that recovers, or 0 if the asker does not tell incarnations apart.</summary>
    internal int ActorInstanceId { get; init; }

    /// <inheritdoc/>
    public bool Equals(ReplayMessages? other) =>
        other is not null && FromSequenceNr == other.FromSequenceNr && ToSequenceNr == other.ToSequenceNr && Max == other.Max
        && PersistenceId == other.PersistenceId && Equals(PersistentActor, other.PersistentActor);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ReplayMessages);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(FromSequenceNr, ToSequenceNr, Max, PersistenceId, PersistentActor);

    /// <inheritdoc/>
    public override string ToString() => $"ReplayMessages({PersistenceId}, {FromSequenceNr}..{ToSequenceNr}, at most {Max})";
}

/// <summary>One event that is replayed.</summary>
public sealed class ReplayedMessage : IJournalResponse, IDeadLetterSuppression, IEquatable<ReplayedMessage>
{
    /// <summary>Creates the answer.</summary>
    /// <param name="persistent">The event.</param>
    public ReplayedMessage(IPersistentRepresentation persistent) => Persistent = persistent;

    /// <summary>The event.</summary>
    public IPersistentRepresentation Persistent { get; }

    /// <summary>See <see cref="ReplayMessages.ActorInstanceId"/>.</summary>
    internal int ActorInstanceId { get; init; }

    /// <inheritdoc/>
    public bool Equals(ReplayedMessage? other) => other is not null && Equals(Persistent, other.Persistent);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ReplayedMessage);

    /// <inheritdoc/>
    public override int GetHashCode() => Persistent.GetHashCode();
}

/// <summary>All events asked for were replayed.</summary>
public sealed class RecoverySuccess : IJournalResponse, IDeadLetterSuppression, IEquatable<RecoverySuccess>
{
    /// <summary>Creates the answer.</summary>
    /// <param name="highestSequenceNr">The highest sequence number ever written for the persistence id, deleted ones included.</param>
    public RecoverySuccess(long highestSequenceNr) => HighestSequenceNr = highestSequenceNr;

    /// <summary>The highest sequence number ever written for the persistence id, deleted ones included.</summary>
    public long HighestSequenceNr { get; }

    /// <summary>See <see cref="ReplayMessages.ActorInstanceId"/>.</summary>
    internal int ActorInstanceId { get; init; }

    /// <inheritdoc/>
    public bool Equals(RecoverySuccess? other) => other is not null && HighestSequenceNr == other.HighestSequenceNr;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RecoverySuccess);

    /// <inheritdoc/>
    public override int GetHashCode() => HighestSequenceNr.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"RecoverySuccess({HighestSequenceNr})";
}

/// <summary>The events could not be replayed, or not all of them.</summary>
public sealed class ReplayMessagesFailure : IJournalResponse, IDeadLetterSuppression, IEquatable<ReplayMessagesFailure>
{
    /// <summary>Creates the answer.</summary>
    /// <param name="cause">What went wrong.</param>
    public ReplayMessagesFailure(Exception cause) =>
        Cause = cause ?? throw new ArgumentNullException(nameof(cause), "A failed replay says why it failed.");

    /// <summary>What went wrong.</summary>
    public Exception Cause { get; }

    /// <summary>See <see cref="ReplayMessages.ActorInstanceId"/>.</summary>
    internal int ActorInstanceId { get; init; }

    /// <inheritdoc/>
    public bool Equals(ReplayMessagesFailure? other) => other is not null && Equals(Cause, other.Cause);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ReplayMessagesFailure);

    /// <inheritdoc/>
    public override int GetHashCode() => Cause.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"ReplayMessagesFailure({Cause.Message})";
}
