namespace Akka.TestKit;

/// <summary>A point where a number of threads wait for each other. It can be passed again and again.</summary>
public class TestBarrier
{
    /// <summary>How long <see cref="Await()"/> waits unless told otherwise, before dilation.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    private readonly TestKitBase _testKit;
    private readonly int _count;
    private readonly TimeSpan _defaultTimeout;
    private Barrier _barrier;

    /// <summary>A barrier for <paramref name="count"/> threads.</summary>
    public TestBarrier(TestKitBase testKit, int count, TimeSpan? defaultTimeout = null)
    {
        _testKit = testKit;
        _count = count;
        _defaultTimeout = defaultTimeout ?? testKit.Dilated(DefaultTimeout);
        _barrier = new Barrier(count);
    }

    /// <summary>Waits for the others up to the default timeout.</summary>
    /// <exception cref="TimeoutException">Not all arrived.</exception>
    public void Await() => Await(_defaultTimeout);

    /// <summary>Waits for the others.</summary>
    /// <exception cref="TimeoutException">Not all arrived.</exception>
    public void Await(TimeSpan timeout)
    {
        var wait = _testKit.Dilated(timeout);
        if (!_barrier.SignalAndWait(wait))
            throw new TimeoutException($"Not all of the {_count} participants reached the barrier within {wait}.");
    }

    /// <summary>Starts anew; those who wait at the old barrier are on their own.</summary>
    public void Reset() => _barrier = new Barrier(_count);
}
