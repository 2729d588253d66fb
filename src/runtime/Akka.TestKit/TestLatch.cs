using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>A gate that opens once it was counted down to zero. Waiting for it has a bound.</summary>
public class TestLatch
{
    /// <summary>How long <see cref="Ready()"/> waits unless told otherwise, before dilation.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    private readonly CountdownEvent _countdown;
    private readonly Func<TimeSpan, TimeSpan>? _dilate;
    private readonly TimeSpan _defaultTimeout;

    /// <summary>A latch that opens at the first count.</summary>
    public TestLatch() : this(1)
    {
    }

    /// <summary>A latch that opens after <paramref name="count"/> counts.</summary>
    public TestLatch(int count) : this(count, DefaultTimeout)
    {
    }

    /// <summary>A latch with a default timeout of its own.</summary>
    public TestLatch(int count, TimeSpan defaultTimeout)
    {
        _countdown = new CountdownEvent(count);
        _defaultTimeout = defaultTimeout;
    }

    /// <summary>A latch whose timeouts are dilated.</summary>
    protected internal TestLatch(Func<TimeSpan, TimeSpan> dilate, TimeSpan defaultTimeout, int count) : this(count, defaultTimeout) => _dilate = dilate;

    /// <summary>Whether the latch is open.</summary>
    public bool IsOpen => _countdown.IsSet;

    /// <summary>Counts down by one; counting an open latch does nothing.</summary>
    public void CountDown()
    {
        try
        {
            _countdown.Signal();
        }
        catch (InvalidOperationException)
        {
            // already open
        }
    }

    /// <summary>Opens the latch at once.</summary>
    public void Open()
    {
        while (!_countdown.IsSet)
            CountDown();
    }

    /// <summary>Closes the latch again, with its first count.</summary>
    public void Reset() => _countdown.Reset();

    /// <summary>Waits until the latch is open.</summary>
    /// <exception cref="ArgumentException"><paramref name="timeout"/> is not positive and finite.</exception>
    /// <exception cref="TimeoutException">It stayed closed.</exception>
    public void Ready(TimeSpan timeout)
    {
        timeout.EnsureIsPositiveFinite(nameof(timeout));
        var wait = _dilate?.Invoke(timeout) ?? timeout;
        if (!_countdown.Wait(wait))
            throw new TimeoutException($"The latch is still closed after {wait}; {_countdown.CurrentCount} of {_countdown.InitialCount} counts are missing.");
    }

    /// <summary>Waits for the default timeout until the latch is open.</summary>
    /// <exception cref="TimeoutException">It stayed closed.</exception>
    public void Ready() => Ready(_defaultTimeout);
}
