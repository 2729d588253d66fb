using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.MessageQueues;
using Akka.Util;

namespace Akka.Dispatch;

/// <summary>The mailbox types of a system, by the paths of their configurations and by what actors require.</summary>
public class Mailboxes
{
    /// <summary>The mailbox of actors that name none and require nothing.</summary>
    public static readonly string DefaultMailboxId = "akka.actor.default-mailbox";

    /// <summary>In place of the id of a mailbox: none is required.</summary>
    public static readonly string NoMailboxRequirement = "";

    private readonly ActorSystem _system;
    private readonly ConcurrentDictionary<string, MailboxType> _types = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Type, Type?> _requirements = new();
    private readonly Dictionary<Type, string> _bindings = [];

    /// <summary>Called by the runtime.</summary>
    /// <param name="system">The system.</param>
    public Mailboxes(ActorSystem system)
    {
        _system = system;
        DeadLetterMailbox = new DeadLetterMailbox(system.DeadLetters);
        var requirements = system.Settings.Config.GetConfig("akka.actor.mailbox.requirements");
        if (requirements is null)
            return;
        foreach (var (name, id) in requirements.AsEnumerable())
        {
            var type = TypeName.Find(name.Trim('"'))
                ?? throw new ConfigurationException($"Mailbox requirement mapping [{name}] is not a type that can be found.");
            _bindings[type] = id.GetString() ?? "";
        }
    }

    /// <summary>Where messages go whose actors have ended.</summary>
    public DeadLetterMailbox DeadLetterMailbox { get; }

    /// <summary>What an actor type requires of its queue; null for nothing.</summary>
    /// <param name="actorType">The actor type.</param>
    public Type? GetRequiredType(Type actorType) => _requirements.GetOrAdd(actorType, static type => type.GetInterfaces()
        .FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IRequiresMessageQueue<>))?.GetGenericArguments()[0]);

    /// <summary>Whether an actor type requires something of its queue.</summary>
    /// <param name="actorType">The actor type.</param>
    public bool HasRequiredType(Type actorType) => GetRequiredType(actorType) is not null;

    /// <summary>Whether a mailbox type says which queue it makes.</summary>
    /// <param name="mailboxType">The mailbox type.</param>
    public bool ProducesMessageQueue(Type mailboxType) => ProducedQueue(mailboxType) is not null;

    /// <summary>The mailbox type of that id.</summary>
    /// <param name="id">The path of its configuration.</param>
    /// <exception cref="ConfigurationException">It is not configured.</exception>
    public MailboxType Lookup(string id) => _types.GetOrAdd(id, Make);

    /// <summary>The mailbox type that is bound to a requirement.</summary>
    /// <param name="queueType">The requirement.</param>
    /// <exception cref="ConfigurationException">None is.</exception>
    public MailboxType LookupByQueueType(Type queueType) => Lookup(LookupId(queueType));

    /// <summary>The mailbox type for an actor: what its props name, else what its dispatcher names, else what it requires, else the default.</summary>
    /// <param name="props">The actor.</param>
    /// <param name="dispatcherConfig">The configuration of its dispatcher.</param>
    /// <exception cref="ConfigurationException">It is not configured, or cannot do what the actor requires.</exception>
    public MailboxType GetMailboxType(Props props, Config? dispatcherConfig)
        => GetMailboxType(props, dispatcherConfig?.GetString("mailbox-type", "") is { Length: > 0 } ? dispatcherConfig.GetString("id") : null);

    internal MailboxType GetMailboxType(Props props, string? ofDispatcher)
    {
        var required = GetRequiredType(props.Type);
        if (props.Mailbox != Deploy.NoMailboxGiven)
            return Verified(Lookup(props.Mailbox), required, props);
        if (ofDispatcher is not null)
            return Verified(Lookup(ofDispatcher), required, props);
        return required is not null ? Verified(LookupByQueueType(required), required, props) : Lookup(DefaultMailboxId);
    }

    /// <summary>What to say when a queue is not what the actor requires; null when it is.</summary>
    internal ActorInitializationException? Mismatch(Props props, IMessageQueue queue, IActorRef self)
    {
        var required = GetRequiredType(props.Type);
        return required is null || required.IsInstanceOfType(queue)
            ? null
            : new ActorInitializationException(self, $"Actor [{self}] requires mailbox type [{required}] got [{queue.GetType()}]");
    }

    internal int GetStashCapacity(string dispatcher, string mailbox)
    {
        foreach (var id in (ReadOnlySpan<string>)[mailbox, dispatcher, DefaultMailboxId])
        {
            if (id.Length > 0 && _system.Settings.Config.HasPath(id + ".stash-capacity"))
                return _system.Settings.Config.GetInt(id + ".stash-capacity", Deploy.NoStashSize);
        }

        return Deploy.NoStashSize;
    }

    private static Type? ProducedQueue(Type mailboxType) => mailboxType.GetInterfaces()
        .FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IProducesMessageQueue<>))?.GetGenericArguments()[0];

    private static MailboxType Verified(MailboxType type, Type? required, Props props)
    {
        if (required is not null && ProducedQueue(type.GetType()) is { } produced && !required.IsAssignableFrom(produced))
            throw new ConfigurationException($"The actor [{props.Type}] requires a mailbox with [{required}], but [{type.GetType()}] makes [{produced}].");
        return type;
    }

    private string LookupId(Type queueType)
        => _bindings.TryGetValue(queueType, out var id) ? id
            : throw new ConfigurationException($"Mailbox Mapping for [{queueType}] not configured: add it to [akka.actor.mailbox.requirements].");

    private MailboxType Make(string id)
    {
        if (id == "unbounded")
            return new UnboundedMailbox(_system.Settings, Config.Empty);
        var settings = _system.Settings.Config;
        if (!settings.HasPath(id))
            throw new ConfigurationException($"Mailbox Type [{id}] not configured.");
        var config = settings.GetConfig(id).WithFallback(settings.GetConfig(DefaultMailboxId));
        var type = config.GetString("mailbox-type", "");
        if (string.IsNullOrEmpty(type))
            throw new ConfigurationException($"The setting [{id}.mailbox-type] is empty.");
        return TypeName.Create<MailboxType>(type, $"{id}.mailbox-type", _system.Settings, config);
    }
}
