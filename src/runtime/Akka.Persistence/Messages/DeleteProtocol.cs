using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Asks a journal to delete the events of one persistence id up to a sequence number.</summary>
public sealed class DeleteMessagesTo : IJournalRequest, IEquatable<DeleteMessagesTo>
{
    /// <summary>Creates the request.</summary>
    /// <param name="persistenceId">Whose events.</param>
    /// <param name="toSequenceNr">The last sequence number that goes, inclusive.</param>
    /// <param name="persistentActor">Who gets the answer.</param>
    public DeleteMessagesTo(string persistenceId, long toSequenceNr, IActorRef persistentActor)
    {
        if (string.IsNullOrEmpty(persistenceId))
            throw new ArgumentNullException(nameof(persistenceId), "Events are deleted of a persistence id, and none was given.");
        PersistenceId = persistenceId;
        ToSequenceNr = toSequenceNr;
        PersistentActor = persistentActor;
    }

    /// <summary>Whose events.</summary>
    public string PersistenceId { get; }

    /// <summary>The last sequence number that goes, inclusive.</summary>
    public long ToSequenceNr { get; }

    /// <summary>Who gets the answer.</summary>
    public IActorRef PersistentActor { get; }

    /// <inheritdoc/>
    public bool Equals(DeleteMessagesTo? other) =>
        other is not null && PersistenceId == other.PersistenceId && ToSequenceNr == other.ToSequenceNr && Equals(PersistentActor, other.PersistentActor);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DeleteMessagesTo);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(PersistenceId, ToSequenceNr, PersistentActor);
}

/// <summary>The events up to a sequence number are deleted.</summary>
public sealed class DeleteMessagesSuccess : IEquatable<DeleteMessagesSuccess>
{
    /// <summary>Creates the answer.</summary>
    /// <param name="toSequenceNr">The last sequence number that went.</param>
    public DeleteMessagesSuccess(long toSequenceNr) => ToSequenceNr = toSequenceNr;

    /// <summary>The last sequence number that went.</summary>
    public long ToSequenceNr { get; }

    /// <inheritdoc/>
    public bool Equals(DeleteMessagesSuccess? other) => other is not null && ToSequenceNr == other.ToSequenceNr;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DeleteMessagesSuccess);

    /// <inheritdoc/>
    public override int GetHashCode() => ToSequenceNr.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"DeleteMessagesSuccess({ToSequenceNr})";
}

/// <summary>The events could not be deleted; they are still there.</summary>
public sealed class DeleteMessagesFailure : IEquatable<DeleteMessagesFailure>, INoSerializationVerificationNeeded
{
    /// <summary>Creates the answer.</summary>
    /// <param name="cause">What went wrong.</param>
    /// <param name="toSequenceNr">The last sequence number that should have gone.</param>
    public DeleteMessagesFailure(Exception cause, long toSequenceNr)
    {
        Cause = cause ?? throw new ArgumentNullException(nameof(cause), "A failed deletion says why it failed.");
        ToSequenceNr = toSequenceNr;
    }

    /// <summary>What went wrong.</summary>
    public Exception Cause { get; }

    /// <summary>The last sequence number that should have gone.</summary>
    public long ToSequenceNr { get; }

    /// <inheritdoc/>
    public bool Equals(DeleteMessagesFailure? other) => other is not null && ToSequenceNr == other.ToSequenceNr && Equals(Cause, other.Cause);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DeleteMessagesFailure);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Cause, ToSequenceNr);

    /// <inheritdoc/>
    public override string ToString() => $"DeleteMessagesFailure({ToSequenceNr}: {Cause.Message})";
}
