namespace Akka.Actor;

/// <summary>The outcome of something, as a message.</summary>
public abstract class Status
{
    /// <summary>It went well.</summary>
    public sealed class Success : Status
    {
        /// <summary>Success without a result.</summary>
        public static readonly Success Instance = new(null);

        /// <summary>The result; null if there is none.</summary>
        public readonly object? Status;

        /// <summary>Success with a result.</summary>
        /// <param name="status">The result.</param>
        public Success(object? status) => Status = status;

        /// <inheritdoc/>
        public override string ToString() => $"Success: {Status?.ToString() ?? "null"}";
    }

    /// <summary>It failed; an ask that gets this as its answer fails with the cause.</summary>
    public sealed class Failure : Status
    {
        /// <summary>Why.</summary>
        public readonly Exception Cause;

        /// <summary>Something that belongs to the failure; null if nothing does.</summary>
        public readonly object? State;

        /// <summary>A failure.</summary>
        /// <param name="cause">Why.</param>
        public Failure(Exception cause) : this(cause, null)
        {
        }

        /// <summary>A failure with something beside it.</summary>
        /// <param name="cause">Why.</param>
        /// <param name="state">What belongs to it.</param>
        public Failure(Exception cause, object? state)
        {
            Cause = cause;
            State = state;
        }

        /// <inheritdoc/>
        public override string ToString() => $"Failure: {Cause}";
    }
}
