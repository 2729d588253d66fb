using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>A message between the managers of one singleton on different members.</summary>
public interface IClusterSingletonMessage
{
}

/// <summary>From a member that is to run the singleton to one that may run it: stop it and say so.</summary>
internal sealed class HandOverToMe : IClusterSingletonMessage, IDeadLetterSuppression
{
    public static readonly HandOverToMe Instance = new();

    private HandOverToMe()
    {
    }
}

/// <summary>The answer while the singleton still stops.</summary>
internal sealed class HandOverInProgress : IClusterSingletonMessage
{
    public static readonly HandOverInProgress Instance = new();

    private HandOverInProgress()
    {
    }
}

/// <summary>The answer that the singleton does not run there and will not, as long as the asker is to run it.</summary>
internal sealed class HandOverDone : IClusterSingletonMessage
{
    public static readonly HandOverDone Instance = new();

    private HandOverDone()
    {
    }
}

/// <summary>From a member that runs the singleton to the one that is to: ask me for it.</summary>
internal sealed class TakeOverFromMe : IClusterSingletonMessage, IDeadLetterSuppression
{
    public static readonly TakeOverFromMe Instance = new();

    private TakeOverFromMe()
    {
    }
}

/// <summary>The removal margin of a member that was removed is over: what it ran runs no more.</summary>
internal sealed record RemovalConfirmed(UniqueAddress Member) : INoSerializationVerificationNeeded;

/// <summary>Time to ask again; <paramref name="Attempt"/> counts from one.</summary>
internal sealed record Retry(int Attempt) : INoSerializationVerificationNeeded;

/// <summary>This member leaves; the coordinated shutdown waits until the singleton is handed over.</summary>
internal sealed class SelfExiting : INoSerializationVerificationNeeded
{
    public static readonly SelfExiting Instance = new();

    private SelfExiting()
    {
    }
}

/// <summary>Time to ask for the lease again.</summary>
internal sealed class LeaseRetry : INoSerializationVerificationNeeded
{
    public static readonly LeaseRetry Instance = new();

    private LeaseRetry()
    {
    }
}

/// <summary>The answer to one request for the lease.</summary>
internal sealed record LeaseAnswer(int Request, bool IsHeld, Exception? Failure) : INoSerializationVerificationNeeded;

/// <summary>The lease that a request got is not held any more although it was not given back.</summary>
internal sealed record LeaseLost(int Request, Exception? Reason) : INoSerializationVerificationNeeded;
