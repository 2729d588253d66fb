namespace Akka.Actor.Internal;

/// <summary>A child and how often it was restarted lately.</summary>
public class ChildRestartStats
{
    private readonly TimeProvider _time;

    internal ChildRestartStats(IInternalActorRef child, TimeProvider time)
    {
        Child = child;
        _time = time;
    }

    /// <summary>The uid of the child's incarnation.</summary>
    public long Uid => Child.Path.Uid;

    /// <summary>The child.</summary>
    public IInternalActorRef Child { get; }

    /// <summary>Restarts counted in the present window.</summary>
    public uint MaxNrOfRetriesCount { get; private set; }

    /// <summary>When the present window began, as a monotonic timestamp; 0 if there was no restart yet.</summary>
    public long RestartTimeWindowStartTicks { get; private set; }

    /// <summary>Counts a restart and says whether it is allowed.</summary>
    /// <param name="maxNrOfRetries">How many are allowed in the window: 0 none, negative any number (one in a window if there is a window).</param>
    /// <param name="withinTimeMilliseconds">The window; zero or negative for no end.</param>
    public bool RequestRestartPermission(int maxNrOfRetries, int withinTimeMilliseconds)
    {
        if (maxNrOfRetries == 0)
            return false;
        if (withinTimeMilliseconds > 0)
            return AllowedInWindow(maxNrOfRetries > 0 ? (uint)maxNrOfRetries : 1, TimeSpan.FromMilliseconds(withinTimeMilliseconds));
        return maxNrOfRetries < 0 || ++MaxNrOfRetriesCount <= maxNrOfRetries;
    }

    private bool AllowedInWindow(uint retries, TimeSpan window)
    {
        var now = _time.GetTimestamp();
        if (RestartTimeWindowStartTicks == 0)
            RestartTimeWindowStartTicks = now;
        if (_time.GetElapsedTime(RestartTimeWindowStartTicks, now) <= window)
            return ++MaxNrOfRetriesCount <= retries;
        MaxNrOfRetriesCount = 1;
        RestartTimeWindowStartTicks = now;
        return true;
    }
}
