using Akka.Dispatch.SysMsg;
using Akka.Util;

namespace Akka.Actor;

/// <summary>The base of actor references: two are equal when path and uid are.</summary>
public abstract class ActorRefBase : IActorRef
{
    /// <inheritdoc/>
    public abstract ActorPath Path { get; }

    /// <inheritdoc/>
    public void Tell(object message, IActorRef sender)
    {
        if (message is null)
            throw new InvalidMessageException();
        TellInternal(message, sender);
    }

    /// <inheritdoc/>
    public int CompareTo(object? obj)
        => obj is null or IActorRef ? CompareTo(obj as IActorRef) : throw new ArgumentException($"Cannot compare an actor reference with a {obj.GetType().Name}.", nameof(obj));

    /// <inheritdoc/>
    public int CompareTo(IActorRef? other)
    {
        if (other is null)
            return 1;
        var result = Path.CompareTo(other.Path);
        return result != 0 ? result : Path.Uid.CompareTo(other.Path.Uid);
    }

    /// <inheritdoc/>
    public bool Equals(IActorRef? other)
        => ReferenceEquals(this, other) || (other is not null && Path.Uid == other.Path.Uid && Path.Equals(other.Path));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IActorRef other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StableHash.Combine(Path.GetHashCode(), Path.Uid.GetHashCode());

    /// <inheritdoc/>
    public override string ToString() => Path.Uid == 0 ? $"[{Path}]" : $"[{Path.ToStringWithUid()}]";

    /// <summary>Delivers a message that is not null.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sender">The sender, or <see cref="ActorRefs.NoSender"/>.</param>
    protected abstract void TellInternal(object message, IActorRef sender);
}

/// <summary>The base of references that the runtime itself makes.</summary>
public abstract class InternalActorRefBase : ActorRefBase, IInternalActorRef
{
    /// <inheritdoc/>
    public abstract IInternalActorRef Parent { get; }

    /// <inheritdoc/>
    public abstract IActorRefProvider Provider { get; }

    /// <inheritdoc/>
    public abstract bool IsTerminated { get; }

    /// <inheritdoc/>
    public abstract bool IsLocal { get; }

    /// <inheritdoc/>
    public abstract IActorRef GetChild(IReadOnlyList<string> name);

    /// <inheritdoc/>
    public abstract void Resume(Exception? causedByFailure = null);

    /// <inheritdoc/>
    public abstract void Start();

    /// <inheritdoc/>
    public abstract void Stop();

    /// <inheritdoc/>
    public abstract void Restart(Exception cause);

    /// <inheritdoc/>
    public abstract void Suspend();

    /// <inheritdoc/>
    public abstract void SendSystemMessage(ISystemMessage message);
}

/// <summary>The base of references without a cell behind them: everything does nothing until overridden.</summary>
public abstract class MinimalActorRef : InternalActorRefBase, ILocalRef
{
    /// <inheritdoc/>
    public override IInternalActorRef Parent => ActorRefs.Nobody;

    /// <inheritdoc/>
    public override bool IsTerminated => false;

    /// <inheritdoc/>
    public override bool IsLocal => true;

    /// <inheritdoc/>
    public override IActorRef GetChild(IReadOnlyList<string> name)
        => name.All(static element => element.Length == 0) ? this : ActorRefs.Nobody;

    /// <inheritdoc/>
    public override void Resume(Exception? causedByFailure = null)
    {
    }

    /// <inheritdoc/>
    public override void Start()
    {
    }

    /// <inheritdoc/>
    public override void Stop()
    {
    }

    /// <inheritdoc/>
    public override void Restart(Exception cause)
    {
    }

    /// <inheritdoc/>
    public override void Suspend()
    {
    }

    /// <inheritdoc/>
    public override void SendSystemMessage(ISystemMessage message)
    {
    }

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender)
    {
    }
}

/// <summary>The base of references that have a cell in this process.</summary>
public abstract class ActorRefWithCell : InternalActorRefBase
{
    /// <summary>The children that live now.</summary>
    public abstract IEnumerable<IActorRef> Children { get; }

    /// <summary>The child of that name, which may carry <c>#uid</c>.</summary>
    /// <param name="name">The name.</param>
    /// <returns><see cref="ActorRefs.Nobody"/> when there is none.</returns>
    public abstract IInternalActorRef GetSingleChild(string name);
}
