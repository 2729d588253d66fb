using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>A message between cells, which goes before the messages of actors.</summary>
public interface ISystemMessage : INoSerializationVerificationNeeded
{
}

/// <summary>A message between cells. An instance lies in at most one mailbox: it is a link of that mailbox's list.</summary>
public abstract class SystemMessage : ISystemMessage
{
    internal SystemMessage? Next;

    /// <summary>True when it is in no list.</summary>
    public bool Unlinked => Next is null;

    /// <summary>Takes it out of its list.</summary>
    public void Unlink() => Next = null;

    /// <summary>True for a message that waits while its cell waits for children to end.</summary>
    internal virtual bool StashWhenWaitingForChildren => false;

    /// <summary>True for a message that waits while its cell has failed and was not judged yet.</summary>
    internal virtual bool StashWhenFailed => false;
}
