
namespace Akka.Pattern;

/// <summary>A call was refused because its circuit breaker is open.</summary>
public class OpenCircuitException : AkkaException
{
    private const string DefaultMessage = "The circuit breaker is open; the call was refused without being tried.";

    /// <summary>With the default text.</summary>
    public OpenCircuitException() : base(DefaultMessage)
    {
    }

    /// <summary>With a text.</summary>
    public OpenCircuitException(string message) : base(message)
    {
    }

    /// <summary>With a text, and how long the breaker stays open.</summary>
    public OpenCircuitException(string message, TimeSpan remainingDuration) : base(message) => RemainingDuration = remainingDuration;

    /// <summary>With a text and what opened the breaker.</summary>
    public OpenCircuitException(string message, Exception? cause) : base(message, cause)
    {
    }

    /// <summary>With a text, what opened the breaker, and how long it stays open.</summary>
    public OpenCircuitException(string message, Exception? cause, TimeSpan remainingDuration) : base(message, cause) => RemainingDuration = remainingDuration;

    /// <summary>With what opened the breaker.</summary>
    public OpenCircuitException(Exception? cause) : base(DefaultMessage, cause)
    {
    }

    /// <summary>With what opened the breaker, and how long it stays open.</summary>
    public OpenCircuitException(Exception? cause, TimeSpan remainingDuration) : base(DefaultMessage, cause) => RemainingDuration = remainingDuration;

    /// <summary>How long until a call is tried again; zero while one is being tried.</summary>
    public TimeSpan RemainingDuration { get; }
}

/// <summary>What <see cref="CircuitBreaker.Fail"/> records as the failure.</summary>
public class UserCalledFailException : AkkaException
{
    /// <summary>With the default text.</summary>
    public UserCalledFailException() : base("The user of the circuit breaker reported a failure.")
    {
    }
}
