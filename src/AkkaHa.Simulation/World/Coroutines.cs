using Akka.Embedded;

namespace AkkaHa.Simulation.World;

/// <summary>
/// Runs asynchronous methods of simulated devices on the loop: after every wait they go on as a step of the part they belong to, so that what
/// is frozen waits and what is killed never goes on.
/// </summary>
internal sealed class Coroutines(RuntimeEnvironment environment) : SynchronizationContext
{
    public Task<T> Run<T>(Func<Task<T>> work)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            return work();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public Task Run(Func<Task> work) => Run(async () =>
    {
        await work();
        return true;
    });

    public Task Delay(TimeSpan span) => Task.Delay(span, environment.Time, CancellationToken.None);

    /// <summary>Does something later, as a step of its own.</summary>
    public void After(TimeSpan delay, Action action)
    {
        ITimer? timer = null;
        timer = environment.Time.CreateTimer(
            _ =>
            {
                timer?.Dispose();
                action();
            },
            null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(delay < TimeSpan.Zero ? TimeSpan.Zero : delay, Timeout.InfiniteTimeSpan);
    }

    public override void Post(SendOrPostCallback d, object? state) => environment.Execute(() => d(state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;
}
