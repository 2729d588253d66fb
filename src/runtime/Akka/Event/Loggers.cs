using Akka.Actor;
using Akka.Dispatch;

namespace Akka.Event;

/// <summary>Sent to each logger at its start; it answers with <see cref="LoggerInitialized"/>.</summary>
public class InitializeLogger : INoSerializationVerificationNeeded
{
    /// <summary>Makes the message.</summary>
    /// <param name="loggingBus">Where log lines are published.</param>
    public InitializeLogger(LoggingBus loggingBus) => LoggingBus = loggingBus;

    /// <summary>Where log lines are published.</summary>
    public LoggingBus LoggingBus { get; }
}

/// <summary>A logger's answer to <see cref="InitializeLogger"/>: it is ready.</summary>
public class LoggerInitialized : INoSerializationVerificationNeeded, IDeadLetterSuppression
{
}

/// <summary>What a logger requires of its mailbox.</summary>
public interface ILoggerMessageQueueSemantics : ISemantics
{
}

/// <summary>A logger that is no actor, so that it works before the system does and after it.</summary>
public abstract class MinimalLogger : MinimalActorRef
{
    /// <summary>It has no provider.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public sealed override IActorRefProvider Provider => throw new NotSupportedException("This logger does not provide.");

    /// <inheritdoc/>
    public sealed override ActorPath Path { get; } = new RootActorPath(Address.AllSystems) / "StandardOutLogger";

    /// <summary>Writes a line.</summary>
    /// <param name="message">The line.</param>
    protected abstract void Log(object message);

    /// <inheritdoc/>
    protected sealed override void TellInternal(object message, IActorRef sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        Log(message);
    }
}

/// <summary>Writes log lines to the standard output.</summary>
public class StandardOutLogger : MinimalLogger
{
    private static readonly Lock OneLineAtATime = new();

    /// <summary>The colour of debug lines.</summary>
    public static ConsoleColor DebugColor { get; set; } = ConsoleColor.Gray;

    /// <summary>The colour of info lines.</summary>
    public static ConsoleColor InfoColor { get; set; } = ConsoleColor.White;

    /// <summary>The colour of warnings.</summary>
    public static ConsoleColor WarningColor { get; set; } = ConsoleColor.Yellow;

    /// <summary>The colour of errors.</summary>
    public static ConsoleColor ErrorColor { get; set; } = ConsoleColor.Red;

    /// <summary>Whether colours are used; a redirected output never has them.</summary>
    public static bool UseColors { get; set; } = true;

    /// <inheritdoc/>
    protected override void Log(object message)
    {
        if (message is LogEvent line)
            PrintLogEvent(line);
        else
            Console.WriteLine(message);
    }

    internal static void PrintLogEvent(LogEvent line)
    {
        lock (OneLineAtATime)
        {
            var colored = UseColors && !Console.IsOutputRedirected;
            if (colored)
            {
                Console.ForegroundColor = line.LogLevel() switch
                {
                    LogLevel.DebugLevel => DebugColor,
                    LogLevel.InfoLevel => InfoColor,
                    LogLevel.WarningLevel => WarningColor,
                    _ => ErrorColor,
                };
            }

            Console.WriteLine(line.ToString());
            if (colored)
                Console.ResetColor();
        }
    }
}

/// <summary>The logger of systems that name none: writes to the standard output.</summary>
public class DefaultLogger : ActorBase, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized(), Self);
                return true;
            case LogEvent line:
                Print(line);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Writes a line.</summary>
    /// <param name="logEvent">The line.</param>
    protected virtual void Print(LogEvent logEvent) => StandardOutLogger.PrintLogEvent(logEvent);
}
