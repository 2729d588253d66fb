using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Akka.Actor;

/// <summary>Makes instances of an actor type.</summary>
public interface IIndirectActorProducer
{
    /// <summary>The type.</summary>
    Type ActorType { get; }

    /// <summary>Makes an instance.</summary>
    ActorBase Produce();

    /// <summary>Takes an instance back that is used no more.</summary>
    /// <param name="actor">The instance.</param>
    void Release(ActorBase actor);
}

/// <summary>Finds the constructor by the arguments.</summary>
internal sealed class ActivatorProducer(Type type, object[] arguments) : IIndirectActorProducer
{
    public Type ActorType => type;

    public ActorBase Produce()
    {
        const BindingFlags anyConstructor = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        try
        {
            return (ActorBase)Activator.CreateInstance(type, anyConstructor, null, arguments, CultureInfo.InvariantCulture)!;
        }
        catch (TargetInvocationException failure) when (failure.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(failure.InnerException);
            throw;
        }
        catch (MissingMethodException failure)
        {
            var wanted = string.Join(", ", arguments.Select(argument => argument?.GetType().Name ?? "null"));
            throw new TypeLoadException($"Error while creating actor instance of type {type} with {arguments.Length} args: ({wanted})", failure);
        }
    }

    public void Release(ActorBase actor)
    {
    }
}

/// <summary>Uses a constructor that is known.</summary>
internal sealed class ConstructorProducer : IIndirectActorProducer
{
    private readonly ConstructorInvoker _constructor;
    private readonly object?[] _arguments;

    public ConstructorProducer(ConstructorInfo constructor, object?[] arguments)
    {
        ActorType = constructor.DeclaringType!;
        _constructor = ConstructorInvoker.Create(constructor);
        _arguments = arguments;
    }

    public Type ActorType { get; }

    // The span is written to only for by-reference parameters; the copy keeps restarts apart even then.
    public ActorBase Produce() => (ActorBase)_constructor.Invoke(_arguments.ToArray().AsSpan());

    public void Release(ActorBase actor)
    {
    }
}

/// <summary>Evaluates what stands in a constructor call.</summary>
internal static class ConstructorArguments
{
    public static object? Evaluate(Expression argument) => argument switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } member => field.GetValue(member.Expression is null ? null : Evaluate(member.Expression)),
        MemberExpression { Member: PropertyInfo property, Expression: not null } member when Evaluate(member.Expression) is { } target => Get(property, target),
        _ => Compile(argument),
    };

    private static object? Get(PropertyInfo property, object target)
    {
        try
        {
            return property.GetValue(target);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(failure.InnerException);
            throw;
        }
    }

    private static object? Compile(Expression argument)
        => Expression.Lambda<Func<object?>>(Expression.Convert(argument, typeof(object))).Compile(preferInterpretation: true)();
}

/// <summary>Handles nothing.</summary>
internal sealed class EmptyActor : UntypedActor
{
    protected override void OnReceive(object message) => Unhandled(message);
}
