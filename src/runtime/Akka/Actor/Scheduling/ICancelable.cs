namespace Akka.Actor;

/// <summary>Something that can be called off.</summary>
public interface ICancelable
{
    /// <summary>Whether it was.</summary>
    bool IsCancellationRequested { get; }

    /// <summary>A token that is cancelled with it.</summary>
    CancellationToken Token { get; }

    /// <summary>Calls it off.</summary>
    void Cancel();

    /// <summary>Calls it off.</summary>
    /// <param name="throwOnFirstException">Whether the first failing callback ends the call.</param>
    void Cancel(bool throwOnFirstException);

    /// <summary>Calls it off later.</summary>
    /// <param name="delay">When.</param>
    void CancelAfter(TimeSpan delay);

    /// <summary>Calls it off later.</summary>
    /// <param name="millisecondsDelay">When.</param>
    void CancelAfter(int millisecondsDelay);
}

/// <summary>What can be asked of any <see cref="ICancelable"/>.</summary>
public static class CancelableExtensions
{
    /// <summary>Calls it off if it is there.</summary>
    /// <param name="cancelable">It, or null.</param>
    public static void CancelIfNotNull(this ICancelable? cancelable) => cancelable?.Cancel();
}

/// <summary>The usual <see cref="ICancelable"/>.</summary>
public class Cancelable : ICancelable, IDisposable
{
    private readonly IActionScheduler? _scheduler;
    private readonly CancellationTokenSource _source;

    /// <summary>Makes one that is called off after a delay.</summary>
    /// <param name="scheduler">Counts the time.</param>
    /// <param name="delay">When.</param>
    public Cancelable(IActionScheduler scheduler, TimeSpan delay) : this(scheduler) => CancelAfter(delay);

    /// <summary>Makes one that is called off after a delay.</summary>
    /// <param name="scheduler">Counts the time.</param>
    /// <param name="delay">When.</param>
    public Cancelable(IScheduler scheduler, TimeSpan delay) : this(scheduler.Advanced, delay)
    {
    }

    /// <summary>Makes one that is called off after a delay.</summary>
    /// <param name="scheduler">Counts the time.</param>
    /// <param name="millisecondsDelay">When.</param>
    public Cancelable(IScheduler scheduler, int millisecondsDelay) : this(scheduler, TimeSpan.FromMilliseconds(millisecondsDelay))
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="scheduler">Counts the time for <see cref="CancelAfter(TimeSpan)"/>.</param>
    public Cancelable(IScheduler scheduler) : this(scheduler.Advanced)
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="scheduler">Counts the time for <see cref="CancelAfter(TimeSpan)"/>.</param>
    public Cancelable(IActionScheduler scheduler) : this(scheduler, new CancellationTokenSource())
    {
    }

    private Cancelable(IActionScheduler? scheduler, CancellationTokenSource source)
    {
        _scheduler = scheduler;
        _source = source;
    }

    /// <inheritdoc/>
    public bool IsCancellationRequested => _source.IsCancellationRequested;

    /// <inheritdoc/>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether it was disposed.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>One that is called off already.</summary>
    public static ICancelable CreateCanceled()
    {
        var canceled = new Cancelable(null, new CancellationTokenSource());
        canceled.Cancel();
        return canceled;
    }

    /// <summary>One that is called off with any of some others.</summary>
    /// <param name="scheduler">Counts the time.</param>
    /// <param name="cancelables">The others.</param>
    public static ICancelable CreateLinkedCancelable(IScheduler scheduler, params ICancelable[] cancelables)
        => new Cancelable(scheduler.Advanced, CancellationTokenSource.CreateLinkedTokenSource(cancelables.Select(one => one.Token).ToArray()));

    /// <inheritdoc/>
    public void Cancel() => Cancel(throwOnFirstException: false);

    /// <inheritdoc/>
    public void Cancel(bool throwOnFirstException)
    {
        if (!IsDisposed)
            _source.Cancel(throwOnFirstException);
    }

    /// <inheritdoc/>
    public void CancelAfter(TimeSpan delay)
    {
        if (_scheduler is null || IsCancellationRequested)
            return;
        if (delay <= TimeSpan.Zero)
            Cancel();
        else
            _scheduler.ScheduleOnce(delay, Cancel, this);
    }

    /// <inheritdoc/>
    public void CancelAfter(int millisecondsDelay) => CancelAfter(TimeSpan.FromMilliseconds(millisecondsDelay));

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the token.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || IsDisposed)
            return;
        IsDisposed = true;
        _source.Dispose();
    }
}
