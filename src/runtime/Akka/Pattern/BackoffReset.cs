namespace Akka.Pattern;

/// <summary>When the restart count of a backoff supervisor goes back to zero.</summary>
public interface IBackoffReset
{
}

/// <summary>When the child asks for it with <see cref="BackoffSupervisor.Reset"/>.</summary>
internal sealed record ManualReset : IBackoffReset
{
    internal static readonly ManualReset Instance = new();
}

/// <summary>When the child has lived for so long.</summary>
internal sealed record AutoReset(TimeSpan ResetBackoff) : IBackoffReset;
