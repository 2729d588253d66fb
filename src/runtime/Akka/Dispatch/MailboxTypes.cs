using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.MessageQueues;

namespace Akka.Dispatch;

/// <summary>Makes the queues of mailboxes.</summary>
public abstract class MailboxType
{
    /// <summary>The settings of the system.</summary>
    protected readonly Settings Settings;

    /// <summary>The section that names this type.</summary>
    protected readonly Config Config;

    /// <summary>Called by the runtime.</summary>
    /// <param name="settings">The settings of the system.</param>
    /// <param name="config">The section that names this type.</param>
    protected MailboxType(Settings settings, Config config)
    {
        Settings = settings;
        Config = config;
    }

    /// <summary>Makes the queue of one actor.</summary>
    /// <param name="owner">The actor.</param>
    /// <param name="system">The system.</param>
    public abstract IMessageQueue Create(IActorRef owner, ActorSystem system);

    private protected (int Capacity, TimeSpan PushTimeout) ReadBounds()
    {
        var capacity = Config.GetInt("mailbox-capacity", 0);
        if (capacity < 1)
            throw new ConfigurationException($"A bounded mailbox needs [mailbox-capacity] above 0; it is {capacity}.");
        return (capacity, Config.GetTimeSpan("mailbox-push-timeout-time", TimeSpan.FromSeconds(10)));
    }
}

/// <summary>Mailboxes without bound.</summary>
public sealed class UnboundedMailbox : MailboxType, IProducesMessageQueue<UnboundedMessageQueue>
{
    /// <summary>For use without a configuration.</summary>
    public UnboundedMailbox() : this(null!, null!)
    {
    }

    /// <summary>Called by the runtime.</summary>
    /// <param name="settings">The settings of the system.</param>
    /// <param name="config">The section that names this type.</param>
    public UnboundedMailbox(Settings settings, Config config) : base(settings, config)
    {
    }

    /// <inheritdoc/>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new UnboundedMessageQueue();
}

/// <summary>Mailboxes with a bound (<c>mailbox-capacity</c>, <c>mailbox-push-timeout-time</c>).</summary>
public sealed class BoundedMailbox : MailboxType, IProducesMessageQueue<BoundedMessageQueue>, IProducesPushTimeoutSemanticsMailbox
{
    /// <summary>Called by the runtime.</summary>
    /// <param name="settings">The settings of the system.</param>
    /// <param name="config">The section that names this type.</param>
    public BoundedMailbox(Settings settings, Config config) : base(settings, config) => (Capacity, PushTimeout) = ReadBounds();

    /// <summary>How many messages.</summary>
    public int Capacity { get; }

    /// <inheritdoc/>
    public TimeSpan PushTimeout { get; }

    /// <inheritdoc/>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new BoundedMessageQueue(Capacity, PushTimeout);
}

/// <summary>Mailboxes without bound for actors with a stash.</summary>
public sealed class UnboundedDequeBasedMailbox : MailboxType, IProducesMessageQueue<UnboundedDequeMessageQueue>
{
    /// <summary>Called by the runtime.</summary>
    /// <param name="settings">The settings of the system.</param>
    /// <param name="config">The section that names this type.</param>
    public UnboundedDequeBasedMailbox(Settings settings, Config config) : base(settings, config)
    {
    }

    /// <inheritdoc/>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new UnboundedDequeMessageQueue();
}

/// <summary>Mailboxes with a bound for actors with a stash.</summary>
public class BoundedDequeBasedMailbox : MailboxType, IProducesMessageQueue<BoundedDequeMessageQueue>, IProducesPushTimeoutSemanticsMailbox
{
    /// <summary>Called by the runtime.</summary>
    /// <param name="settings">The settings of the system.</param>
    /// <param name="config">The section that names this type.</param>
    public BoundedDequeBasedMailbox(Settings settings, Config config) : base(settings, config) => (Capacity, PushTimeout) = ReadBounds();

    /// <summary>How many messages.</summary>
    public int Capacity { get; }

    /// <inheritdoc/>
    public TimeSpan PushTimeout { get; }

    /// <inheritdoc/>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new BoundedDequeMessageQueue(Capacity, PushTimeout);
}
