using Akka.Configuration;

namespace Akka.Persistence;

/// <summary>What happens to a command that finds the internal stash full.</summary>
public interface IStashOverflowStrategy;

/// <summary>Makes the default <see cref="IStashOverflowStrategy"/>; named by <c>akka.persistence.internal-stash-overflow-strategy</c>.</summary>
public interface IStashOverflowStrategyConfigurator
{
    /// <summary>Makes the strategy.</summary>
    /// <param name="config">The actor system's configuration.</param>
    IStashOverflowStrategy Create(Config config);
}

/// <summary>The command goes to the dead letters.</summary>
public class DiscardToDeadLetterStrategy : IStashOverflowStrategy
{
    private DiscardToDeadLetterStrategy()
    {
    }

    /// <summary>The one instance.</summary>
    public static DiscardToDeadLetterStrategy Instance { get; } = new();
}

/// <summary>The actor fails with <see cref="Akka.Actor.StashOverflowException"/>.</summary>
public class ThrowOverflowExceptionStrategy : IStashOverflowStrategy
{
    private ThrowOverflowExceptionStrategy()
    {
    }

    /// <summary>The one instance.</summary>
    public static ThrowOverflowExceptionStrategy Instance { get; } = new();
}

/// <summary>The sender of the command gets an answer, and the command is dropped.</summary>
public sealed class ReplyToStrategy : IStashOverflowStrategy
{
    /// <summary>Creates the strategy.</summary>
    /// <param name="response">The answer.</param>
    public ReplyToStrategy(object response) => Response = response;

    /// <summary>The answer.</summary>
    public object Response { get; }
}

/// <summary>Makes <see cref="ThrowOverflowExceptionStrategy"/>.</summary>
public sealed class ThrowExceptionConfigurator : IStashOverflowStrategyConfigurator
{
    /// <inheritdoc/>
    public IStashOverflowStrategy Create(Config config) => ThrowOverflowExceptionStrategy.Instance;
}

/// <summary>Makes <see cref="DiscardToDeadLetterStrategy"/>.</summary>
public sealed class DiscardConfigurator : IStashOverflowStrategyConfigurator
{
    /// <inheritdoc/>
    public IStashOverflowStrategy Create(Config config) => DiscardToDeadLetterStrategy.Instance;
}
