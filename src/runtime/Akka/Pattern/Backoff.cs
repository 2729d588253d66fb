using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Describes a supervisor that waits before it starts its child again, longer each time.</summary>
public static class Backoff
{
    /// <summary>Starts the child again when it has failed. A child that stops by itself ends the supervisor.</summary>
    /// <param name="childProps">What the child is made from.</param>
    /// <param name="childName">Its name.</param>
    /// <param name="minBackoff">The first wait.</param>
    /// <param name="maxBackoff">The longest wait, before the random part.</param>
    /// <param name="randomFactor">The largest random part added to a wait: 0.2 adds up to 20 %.</param>
    /// <param name="maxNrOfRetries">After how many restarts it gives up and stops; -1 never.</param>
    /// <exception cref="ArgumentException">A duration or factor is out of its range.</exception>
    public static BackoffOptions OnFailure(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        new BackoffOptionsImpl(RestartWhen.ChildFailed, childProps, childName, minBackoff, maxBackoff, randomFactor).WithMaxNrOfRetries(maxNrOfRetries);

    /// <summary>Starts the child again when it has stopped, for whatever reason.</summary>
    /// <param name="childProps">What the child is made from.</param>
    /// <param name="childName">Its name.</param>
    /// <param name="minBackoff">The first wait.</param>
    /// <param name="maxBackoff">The longest wait, before the random part.</param>
    /// <param name="randomFactor">The largest random part added to a wait: 0.2 adds up to 20 %.</param>
    /// <param name="maxNrOfRetries">After how many restarts it gives up and stops; -1 never.</param>
    /// <exception cref="ArgumentException">A duration or factor is out of its range.</exception>
    public static BackoffOptions OnStop(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        new BackoffOptionsImpl(RestartWhen.ChildStopped, childProps, childName, minBackoff, maxBackoff, randomFactor).WithMaxNrOfRetries(maxNrOfRetries);
}
