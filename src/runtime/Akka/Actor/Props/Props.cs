using System.Linq.Expressions;

namespace Akka.Actor;

/// <summary>How to make an actor: its type, the arguments of its constructor, and where it is to run. Immutable.</summary>
public class Props : IEquatable<Props>
{
    /// <summary>For things that are no actors.</summary>
    public static readonly Props None = new(new ActivatorProducer(typeof(EmptyActor), []));

    private readonly IIndirectActorProducer _producer;
    private readonly object[] _arguments;

    /// <summary>Props for a type.</summary>
    /// <param name="type">The actor type.</param>
    /// <param name="args">The arguments of its constructor.</param>
    public Props(Type type, object[] args) : this(new ActivatorProducer(type, args), args)
    {
    }

    /// <summary>Props for a type whose constructor takes nothing.</summary>
    /// <param name="type">The actor type.</param>
    public Props(Type type) : this(type, [])
    {
    }

    /// <summary>Props for a type, with a strategy for its children.</summary>
    /// <param name="type">The actor type.</param>
    /// <param name="supervisorStrategy">How it judges its children.</param>
    /// <param name="args">The arguments of its constructor.</param>
    public Props(Type type, SupervisorStrategy? supervisorStrategy, params object[] args) : this(type, args)
        => SupervisorStrategy = supervisorStrategy;

    /// <summary>Props for a type, with a deployment.</summary>
    /// <param name="deploy">Where it runs.</param>
    /// <param name="type">The actor type.</param>
    /// <param name="args">The arguments of its constructor.</param>
    public Props(Deploy deploy, Type type, params object[] args) : this(type, args) => Deploy = deploy;

    private Props(IIndirectActorProducer producer, params object[] args)
    {
        _producer = producer;
        _arguments = args;
    }

    private Props(Props other, Deploy deploy, SupervisorStrategy? supervisorStrategy)
    {
        _producer = other._producer;
        _arguments = other._arguments;
        Deploy = deploy;
        SupervisorStrategy = supervisorStrategy;
    }

    /// <summary>Props of an actor that does nothing.</summary>
    public static Props Empty => None;

    /// <summary>The actor type.</summary>
    public Type Type => _producer.ActorType;

    /// <summary>The actor type's name with its assembly.</summary>
    public string TypeName => Type.AssemblyQualifiedName!;

    /// <summary>The arguments of its constructor.</summary>
    public object[] Arguments => _arguments;

    /// <summary>Where it runs.</summary>
    public Deploy Deploy { get; } = Deploy.Local;

    /// <summary>The dispatcher; the default one if empty.</summary>
    public string Dispatcher => Deploy.Dispatcher == Deploy.NoDispatcherGiven ? Dispatch.Dispatchers.DefaultDispatcherId : Deploy.Dispatcher;

    /// <summary>The mailbox; the default one if empty.</summary>
    public string Mailbox => Deploy.Mailbox;

    /// <summary>How it judges its children; null when the actor itself says so.</summary>
    public SupervisorStrategy? SupervisorStrategy { get; }

    /// <summary>Props from a constructor call, whose arguments are evaluated now, once.</summary>
    /// <typeparam name="TActor">The actor type.</typeparam>
    /// <param name="factory">The constructor call, <c>() =&gt; new MyActor(a, b)</c>.</param>
    /// <param name="supervisorStrategy">How it judges its children; null to leave it to the actor.</param>
    /// <exception cref="ArgumentException">It is something else than a constructor call.</exception>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null) where TActor : ActorBase
    {
        if (factory.Body is not NewExpression call)
            throw new ArgumentException("The create function must be a 'new T (args)' expression", nameof(factory));
        var arguments = call.Arguments.Select(ConstructorArguments.Evaluate).ToArray();
        return new Props(new Props(new ConstructorProducer(call.Constructor ?? typeof(TActor).GetConstructors()[0], arguments!), arguments!), Deploy.Local, supervisorStrategy);
    }

    /// <summary>Props for a type.</summary>
    /// <typeparam name="TActor">The actor type.</typeparam>
    /// <param name="args">The arguments of its constructor.</param>
    public static Props Create<TActor>(params object[] args) where TActor : ActorBase => new(typeof(TActor), args);

    /// <summary>Props for a type whose constructor takes nothing, with a strategy for its children.</summary>
    /// <typeparam name="TActor">The actor type.</typeparam>
    /// <param name="supervisorStrategy">How it judges its children.</param>
    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy) where TActor : ActorBase, new()
        => new(typeof(TActor), supervisorStrategy);

    /// <summary>Props for a type.</summary>
    /// <param name="type">The actor type.</param>
    /// <param name="args">The arguments of its constructor.</param>
    public static Props Create(Type type, params object[] args) => new(type, args);

    /// <summary>Props for actors that somebody else makes.</summary>
    /// <param name="producer">Makes them.</param>
    /// <param name="args">Arguments to be remembered.</param>
    public static Props CreateBy(IIndirectActorProducer producer, params object[] args) => new(producer, args);

    /// <summary>Makes an instance; called by the cell, on the first start and on every restart.</summary>
    public virtual ActorBase NewActor() => _producer.Produce();

    /// <summary>The same with another deployment; what it does not say stays.</summary>
    /// <param name="deploy">The deployment.</param>
    public Props WithDeploy(Deploy deploy) => new(this, deploy.WithFallback(Deploy), SupervisorStrategy);

    /// <summary>The same on another dispatcher.</summary>
    /// <param name="dispatcher">The path of its configuration.</param>
    public Props WithDispatcher(string dispatcher) => new(this, Deploy.WithDispatcher(dispatcher), SupervisorStrategy);

    /// <summary>The same with another mailbox.</summary>
    /// <param name="mailbox">The path of its configuration.</param>
    public Props WithMailbox(string mailbox) => new(this, Deploy.WithMailbox(mailbox), SupervisorStrategy);

    /// <summary>The same with a bound for its stash.</summary>
    /// <param name="stashCapacity">How many messages.</param>
    public Props WithStashCapacity(int stashCapacity) => new(this, Deploy.WithStashCapacity(stashCapacity), SupervisorStrategy);

    /// <summary>The same with a strategy for its children.</summary>
    /// <param name="supervisorStrategy">How it judges its children.</param>
    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) => new(this, Deploy, supervisorStrategy);

    /// <inheritdoc/>
    public bool Equals(Props? other)
        => ReferenceEquals(this, other)
            || (other is not null && Type == other.Type && Deploy.Equals(other.Deploy) && Equals(SupervisorStrategy, other.SupervisorStrategy)
                && _arguments.SequenceEqual(other._arguments));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Props other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Deploy, _arguments.Length);

    internal void Release(ActorBase actor)
    {
        try
        {
            (actor as IDisposable)?.Dispose();
        }
        finally
        {
            _producer.Release(actor);
        }
    }
}
