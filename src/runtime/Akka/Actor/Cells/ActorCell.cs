using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Embedded;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The life of one actor behind its reference: mailbox, behaviour, children, watches, failures. It outlives the instances that restarts replace.
/// </summary>
public partial class ActorCell : IUntypedActorContext
{
    /// <summary>The uid of a reference whose incarnation is not known.</summary>
    public const int UndefinedUid = 0;

    private readonly IInternalActorRef _self;
    private readonly bool _verifiesSerialization;
    private ActorBase? _actor;
    private ActorTaskScheduler? _taskScheduler;
    private Mailbox _mailbox;
    private object? _currentMessage;
    private IActorRef? _currentSender;

    /// <summary>Makes the cell; <see cref="Init"/> and <see cref="Start"/> bring it to life.</summary>
    /// <param name="system">The system.</param>
    /// <param name="self">The reference in front of it.</param>
    /// <param name="props">How to make the actor.</param>
    /// <param name="dispatcher">Where it runs.</param>
    /// <param name="parent">The parent.</param>
    public ActorCell(ActorSystemImpl system, IInternalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef parent)
    {
        SystemImpl = system;
        _self = self;
        Props = props;
        Dispatcher = dispatcher;
        Parent = parent;
        _mailbox = system.Mailboxes.DeadLetterMailbox;
        // The runtime's own actors talk among themselves in objects that never leave the process.
        _verifiesSerialization = system.Settings.SerializeAllMessages && self.Path.Depth > 1 && self.Path.ParentOf(1).Name == "user";
    }

    /// <summary>The system.</summary>
    public ActorSystem System => SystemImpl;

    /// <summary>The system, with what is not for actors.</summary>
    public ActorSystemImpl SystemImpl { get; }

    /// <inheritdoc/>
    public Props Props { get; }

    /// <inheritdoc/>
    public IActorRef Self => _self;

    /// <summary>The parent.</summary>
    public IInternalActorRef Parent { get; }

    IActorRef IActorContext.Parent => Parent;

    /// <inheritdoc/>
    public MessageDispatcher Dispatcher { get; }

    /// <summary>Where its messages lie.</summary>
    public Mailbox Mailbox => Volatile.Read(ref _mailbox);

    /// <summary>True: a cell is always of this process.</summary>
    public bool IsLocal => true;

    /// <summary>True once the actor is gone for good.</summary>
    public bool IsTerminated => Mailbox.IsClosed;

    /// <summary>Whether messages wait.</summary>
    public bool HasMessages => Mailbox.HasMessages;

    /// <summary>How many messages wait.</summary>
    public int NumberOfMessages => Mailbox.NumberOfMessages;

    /// <summary>The message that is being handled; null between messages.</summary>
    public object? CurrentMessage => _currentMessage;

    /// <summary>Counts the messages, so that one cannot be stashed twice.</summary>
    public int CurrentEnvelopeId { get; private set; }

    /// <inheritdoc/>
    public IActorRef Sender => _currentSender ?? SystemImpl.DeadLetters;

    /// <summary>Runs the pieces of asynchronous handlers as this actor.</summary>
    public virtual ActorTaskScheduler TaskScheduler => _taskScheduler ??= new ActorTaskScheduler(this);

    /// <summary>The instance that handles messages now; null before creation and after the end.</summary>
    internal ActorBase? Actor => _actor;

    internal RuntimeEnvironment Environment => SystemImpl.Environment;

    internal static ActorCell? Current => InternalCurrentActorCellKeeper.Current;

    /// <summary>The actor that runs on this thread, or <see cref="ActorRefs.NoSender"/>.</summary>
    public static IActorRef GetCurrentSelfOrNoSender() => InternalCurrentActorCellKeeper.Current?._self ?? ActorRefs.NoSender;

    /// <summary>The sender of the message that is handled on this thread, or <see cref="ActorRefs.NoSender"/>.</summary>
    public static IActorRef GetCurrentSenderOrNoSender() => InternalCurrentActorCellKeeper.Current?.Sender ?? ActorRefs.NoSender;

    /// <summary>Makes the mailbox and puts the order to create the actor into it.</summary>
    /// <param name="sendSupervise">Whether the parent is told.</param>
    /// <param name="mailboxType">What messages lie in.</param>
    public void Init(bool sendSupervise, MailboxType mailboxType)
    {
        var queue = mailboxType.Create(_self, SystemImpl);
        var mailbox = Dispatcher.CreateMailbox(this, queue);
        mailbox.SetActor(this);
        Volatile.Write(ref _mailbox, mailbox);
        mailbox.SystemEnqueue(_self, new Create(SystemImpl.Mailboxes.Mismatch(Props, queue, _self)));
        if (sendSupervise)
            Parent.SendSystemMessage(new Supervise(_self, async: false));
    }

    /// <summary>Lets the dispatcher run it.</summary>
    public virtual void Start() => Dispatcher.Attach(this);

    /// <summary>Suspends the actor.</summary>
    public void Suspend() => SendSystemMessage(new Suspend());

    /// <summary>Resumes the actor.</summary>
    /// <param name="causedByFailure">The failure that is forgiven; null if there was none.</param>
    public void Resume(Exception? causedByFailure) => SendSystemMessage(new Resume(causedByFailure));

    /// <summary>Restarts the actor.</summary>
    /// <param name="cause">Why.</param>
    public void Restart(Exception cause) => SendSystemMessage(new Recreate(cause));

    /// <summary>Stops the actor.</summary>
    public void Stop() => SendSystemMessage(new Terminate());

    /// <summary>Puts a message into the mailbox.</summary>
    /// <param name="message">The message in its envelope.</param>
    public virtual void SendMessage(Envelope message) => Dispatcher.Dispatch(this, message);

    /// <summary>Puts a message into the mailbox.</summary>
    /// <param name="sender">The sender, or <see cref="ActorRefs.NoSender"/>.</param>
    /// <param name="message">The message.</param>
    public virtual void SendMessage(IActorRef sender, object message)
    {
        if (_verifiesSerialization)
            message = SystemImpl.VerifySerialization(message, _self);
        Dispatcher.Dispatch(this, new Envelope(message, sender));
    }

    /// <summary>Puts a message for the cell itself into the mailbox.</summary>
    /// <param name="systemMessage">The message.</param>
    public virtual void SendSystemMessage(ISystemMessage systemMessage) => Dispatcher.SystemDispatch(this, (SystemMessage)systemMessage);

    /// <summary>Runs something as this actor.</summary>
    /// <param name="action">What to run.</param>
    public void UseThreadContext(Action action)
    {
        var before = InternalCurrentActorCellKeeper.Current;
        InternalCurrentActorCellKeeper.Current = this;
        try
        {
            action();
        }
        finally
        {
            InternalCurrentActorCellKeeper.Current = before;
        }
    }

    /// <inheritdoc/>
    public ActorSelection ActorSelection(string path) => ActorRefFactoryShared.ActorSelection(path, SystemImpl, _self);

    /// <inheritdoc/>
    public ActorSelection ActorSelection(ActorPath path) => ActorRefFactoryShared.ActorSelection(path, SystemImpl);

    /// <inheritdoc/>
    public override string ToString() => $"ActorCell({_self})";

    /// <summary>Puts another mailbox in place of the present one.</summary>
    internal Mailbox SwapMailbox(Mailbox mailbox) => Interlocked.Exchange(ref _mailbox, mailbox);

    /// <summary>Sets what <see cref="Sender"/> and <see cref="CurrentMessage"/> say while a piece of an asynchronous handler runs.</summary>
    internal void SetCurrent(object? message, IActorRef? sender)
    {
        _currentMessage = message;
        _currentSender = sender;
    }

    internal bool HasBehavior => _behavior is not null;

    internal IActorRef? CurrentSenderOrNull => _currentSender;

    private void Publish(LogEvent logEvent)
    {
        try
        {
            SystemImpl.EventStream.Publish(logEvent);
        }
        catch (Exception)
        {
            // A broken log subscriber must not break the life of an actor.
        }
    }

    private void PublishLifecycle(string what, IActorRef? whom = null)
    {
        if (SystemImpl.Settings.DebugLifecycle)
            Publish(new Debug(_self.Path.ToString(), _actor?.GetType() ?? GetType(), whom is null ? $"{what} ({_actor?.GetType()})" : $"{what} {whom}"));
    }
}
