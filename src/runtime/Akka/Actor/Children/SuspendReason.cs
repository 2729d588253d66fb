namespace Akka.Actor.Internal;

/// <summary>What a cell goes on with when the children that it waits for are gone.</summary>
internal abstract record SuspendReason
{
    /// <summary>Nothing: an actor stopped a child.</summary>
    internal sealed record UserRequest : SuspendReason
    {
        public static readonly UserRequest Instance = new();
    }

    /// <summary>Its own creation.</summary>
    internal sealed record Creation : SuspendReason
    {
        public static readonly Creation Instance = new();
    }

    /// <summary>Its restart.</summary>
    internal sealed record Recreation(Exception Cause) : SuspendReason;

    /// <summary>Its end.</summary>
    internal sealed record Termination : SuspendReason
    {
        public static readonly Termination Instance = new();
    }
}
