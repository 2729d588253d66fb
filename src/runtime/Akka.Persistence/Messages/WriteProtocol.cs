using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Asks a journal to write a batch: atomic writes, and deferred events that only keep their place in the order.</summary>
public sealed class WriteMessages : IJournalRequest, IEquatable<WriteMessages>
{
    /// <summary>Creates the request.</summary>
    /// <param name="messages">The batch, in order.</param>
    /// <param name="persistentActor">Who gets the answers.</param>
    /// <param name="actorInstanceId">Which incarnation of that actor asks; comes back in every answer.</param>
    public WriteMessages(IEnumerable<IPersistentEnvelope> messages, IActorRef persistentActor, int actorInstanceId)
    {
        Messages = messages;
        PersistentActor = persistentActor;
        ActorInstanceId = actorInstanceId;
    }

    /// <summary>The batch, in order.</summary>
    public IEnumerable<IPersistentEnvelope> Messages { get; }

    /// <summary>Who gets the answers.</summary>
    public IActorRef PersistentActor { get; }

    /// <summary>The incarnation that asks.</summary>
    public int ActorInstanceId { get; }

    /// <inheritdoc/>
    public bool Equals(WriteMessages? other) =>
        other is not null && ActorInstanceId == other.ActorInstanceId && Equals(PersistentActor, other.PersistentActor) && Messages.SequenceEqual(other.Messages);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WriteMessages);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(PersistentActor, ActorInstanceId);
}

/// <summary>The whole batch is durable, or each of its rejections is told; an answer for each event follows.</summary>
public sealed class WriteMessagesSuccessful : IJournalResponse
{
    private WriteMessagesSuccessful()
    {
    }

    /// <summary>The answer to anybody.</summary>
    public static WriteMessagesSuccessful Instance { get; } = new();

    /// <summary>The incarnation that asked, or 0 in <see cref="Instance"/>.</summary>
    internal int ActorInstanceId { get; private init; }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WriteMessagesSuccessful;

    /// <inheritdoc/>
    public override int GetHashCode() => nameof(WriteMessagesSuccessful).Length;

    internal static WriteMessagesSuccessful To(int actorInstanceId) => new() { ActorInstanceId = actorInstanceId };
}

/// <summary>The batch could not be written; a <see cref="WriteMessageFailure"/> for each event follows.</summary>
public sealed class WriteMessagesFailed : IJournalResponse, IEquatable<WriteMessagesFailed>
{
    /// <summary>Creates the answer.</summary>
    /// <param name="cause">Why nothing was written.</param>
    /// <param name="writeCount">How many atomic writes the batch had.</param>
    public WriteMessagesFailed(Exception cause, int writeCount)
    {
        Cause = cause ?? throw new ArgumentNullException(nameof(cause), "A failed write says why it failed.");
        WriteCount = writeCount;
    }

    /// <summary>Why nothing was written.</summary>
    public Exception Cause { get; }

    /// <summary>How many atomic writes the batch had.</summary>
    public int WriteCount { get; }

    /// <inheritdoc/>
    public bool Equals(WriteMessagesFailed? other) => other is not null && WriteCount == other.WriteCount && Equals(Cause, other.Cause);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WriteMessagesFailed);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Cause, WriteCount);

    /// <inheritdoc/>
    public override string ToString() => $"WriteMessagesFailed({WriteCount}: {Cause.Message})";
}

/// <summary>One event is durable.</summary>
public sealed class WriteMessageSuccess : IJournalResponse, IEquatable<WriteMessageSuccess>
{
    /// <summary>Creates the answer.</summary>
    /// <param name="persistent">The event as written.</param>
    /// <param name="actorInstanceId">The incarnation that asked.</param>
    public WriteMessageSuccess(IPersistentRepresentation persistent, int actorInstanceId)
    {
        Persistent = persistent;
        ActorInstanceId = actorInstanceId;
    }

    /// <summary>The event as written.</summary>
    public IPersistentRepresentation Persistent { get; }

    /// <summary>The incarnation that asked.</summary>
    public int ActorInstanceId { get; }

    /// <inheritdoc/>
    public bool Equals(WriteMessageSuccess? other) =>
        other is not null && ActorInstanceId == other.ActorInstanceId && Equals(Persistent, other.Persistent);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WriteMessageSuccess);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Persistent, ActorInstanceId);
}

/// <summary>One event was refused before anything was written, as one that cannot be serialized: it will not be replayed, the actor goes on.</summary>
public sealed class WriteMessageRejected : IJournalResponse, INoSerializationVerificationNeeded, IEquatable<WriteMessageRejected>
{
    /// <summary>Creates the answer.</summary>
    /// <param name="persistent">The refused event.</param>
    /// <param name="cause">Why it was refused.</param>
    /// <param name="actorInstanceId">The incarnation that asked.</param>
    public WriteMessageRejected(IPersistentRepresentation persistent, Exception cause, int actorInstanceId)
    {
        Persistent = persistent;
        Cause = cause ?? throw new ArgumentNullException(nameof(cause), "A rejected event says why it was rejected.");
        ActorInstanceId = actorInstanceId;
    }

    /// <summary>The refused event.</summary>
    public IPersistentRepresentation Persistent { get; }

    /// <summary>Why it was refused.</summary>
    public Exception Cause { get; }

    /// <summary>The incarnation that asked.</summary>
    public int ActorInstanceId { get; }

    /// <inheritdoc/>
    public bool Equals(WriteMessageRejected? other) =>
        other is not null && ActorInstanceId == other.ActorInstanceId && Equals(Persistent, other.Persistent) && Equals(Cause, other.Cause);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WriteMessageRejected);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Persistent, Cause, ActorInstanceId);
}

/// <summary>One event could not be written, or it is not known whether it was: the actor stops.</summary>
public sealed class WriteMessageFailure : IJournalResponse, IEquatable<WriteMessageFailure>
{
    /// <summary>Creates the answer.</summary>
    /// <param name="persistent">The event.</param>
    /// <param name="cause">What went wrong.</param>
    /// <param name="actorInstanceId">The incarnation that asked.</param>
    public WriteMessageFailure(IPersistentRepresentation persistent, Exception cause, int actorInstanceId)
    {
        Persistent = persistent;
        Cause = cause ?? throw new ArgumentNullException(nameof(cause), "A failed write says why it failed.");
        ActorInstanceId = actorInstanceId;
    }

    /// <summary>The event.</summary>
    public IPersistentRepresentation Persistent { get; }

    /// <summary>What went wrong.</summary>
    public Exception Cause { get; }

    /// <summary>The incarnation that asked.</summary>
    public int ActorInstanceId { get; }

    /// <inheritdoc/>
    public bool Equals(WriteMessageFailure? other) =>
        other is not null && ActorInstanceId == other.ActorInstanceId && Equals(Persistent, other.Persistent) && Equals(Cause, other.Cause);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WriteMessageFailure);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Persistent, Cause, ActorInstanceId);
}

/// <summary>A deferred event comes back after the events before it were written.</summary>
public sealed class LoopMessageSuccess : IJournalResponse, IEquatable<LoopMessageSuccess>
{
    /// <summary>Creates the answer.</summary>
    /// <param name="message">The deferred event.</param>
    /// <param name="actorInstanceId">The incarnation that asked.</param>
    public LoopMessageSuccess(object message, int actorInstanceId)
    {
        Message = message;
        ActorInstanceId = actorInstanceId;
    }

    /// <summary>The deferred event.</summary>
    public object Message { get; }

    /// <summary>The incarnation that asked.</summary>
    public int ActorInstanceId { get; }

    /// <inheritdoc/>
    public bool Equals(LoopMessageSuccess? other) => other is not null && ActorInstanceId == other.ActorInstanceId && Equals(Message, other.Message);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LoopMessageSuccess);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Message, ActorInstanceId);
}
