using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The reference of an actor of this process.</summary>
public class LocalActorRef : ActorRefWithCell, ILocalRef
{
    private readonly ActorCell _cell;

    /// <summary>Makes reference, cell and mailbox; the actor runs after <see cref="Start"/>.</summary>
    /// <param name="system">The system.</param>
    /// <param name="props">How to make the actor.</param>
    /// <param name="dispatcher">Where it runs.</param>
    /// <param name="mailboxType">What its messages lie in.</param>
    /// <param name="supervisor">The parent.</param>
    /// <param name="path">The path, with uid.</param>
    public LocalActorRef(ActorSystemImpl system, Props props, MessageDispatcher dispatcher, MailboxType mailboxType, IInternalActorRef supervisor, ActorPath path)
    {
        Path = path;
        System = system;
        Props = props;
        Dispatcher = dispatcher;
        MailboxType = mailboxType;
        Supervisor = supervisor;
        _cell = NewActorCell(system, this, props, dispatcher, supervisor);
        _cell.Init(sendSupervise: true, mailboxType);
    }

    /// <summary>The cell behind it.</summary>
    public ActorCell Cell => _cell;

    /// <inheritdoc/>
    public override ActorPath Path { get; }

    /// <inheritdoc/>
    public override IActorRefProvider Provider => System.Provider;

    /// <inheritdoc/>
    public override IInternalActorRef Parent => _cell.Parent;

    /// <inheritdoc/>
    public override IEnumerable<IActorRef> Children => _cell.GetChildren();

    /// <inheritdoc/>
    public override bool IsLocal => true;

    /// <inheritdoc/>
    public override bool IsTerminated => _cell.IsTerminated;

    /// <summary>The system.</summary>
    protected ActorSystemImpl System { get; }

    /// <summary>How the actor is made.</summary>
    protected Props Props { get; }

    /// <summary>Where it runs.</summary>
    protected MessageDispatcher Dispatcher { get; }

    /// <summary>The parent.</summary>
    protected IInternalActorRef Supervisor { get; }

    /// <summary>What its messages lie in.</summary>
    protected MailboxType MailboxType { get; }

    /// <inheritdoc/>
    public override void Start() => _cell.Start();

    /// <inheritdoc/>
    public override void Stop() => _cell.Stop();

    /// <inheritdoc/>
    public override void Suspend() => _cell.Suspend();

    /// <inheritdoc/>
    public override void Resume(Exception? causedByFailure = null) => _cell.Resume(causedByFailure);

    /// <inheritdoc/>
    public override void Restart(Exception cause) => _cell.Restart(cause);

    /// <inheritdoc/>
    public override void SendSystemMessage(ISystemMessage message) => _cell.SendSystemMessage(message);

    /// <inheritdoc/>
    public override IInternalActorRef GetSingleChild(string name) => _cell.GetSingleChild(name);

    /// <inheritdoc/>
    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        IInternalActorRef at = this;
        for (var i = 0; i < name.Count; i++)
        {
            if (at is not LocalActorRef local)
                return at.GetChild(name.Skip(i).ToArray());
            at = name[i] switch
            {
                ".." => local.Parent,
                "" => local,
                var child => local.GetSingleChild(child),
            };
            if (at.IsNobody())
                return ActorRefs.Nobody;
        }

        return at;
    }

    /// <summary>Makes the cell; called once, by the constructor.</summary>
    /// <param name="system">The system.</param>
    /// <param name="self">This reference.</param>
    /// <param name="props">How to make the actor.</param>
    /// <param name="dispatcher">Where it runs.</param>
    /// <param name="supervisor">The parent.</param>
    protected virtual ActorCell NewActorCell(ActorSystemImpl system, IInternalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef supervisor)
        => new(system, self, props, dispatcher, supervisor);

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender) => _cell.SendMessage(sender, message);
}
