namespace AkkaHa.Devices.Hypervisors.Commands;

/// <summary>One call for a guest at a time; a start that is under way can be broken off by a kill.</summary>
internal sealed class Turn : IDisposable
{
    private readonly SemaphoreSlim _free = new(1, 1);
    private volatile CancellationTokenSource? _start;
    private volatile bool _runs;

    /// <summary>Whether the guest was seen to run, so that its end is news.</summary>
    public bool Runs
    {
        get => _runs;
        set => _runs = value;
    }

    /// <summary>Whether a start is under way.</summary>
    public bool IsStarting => _start is not null;

    public Task TakeAsync(CancellationToken cancellationToken) => _free.WaitAsync(cancellationToken);

    public bool TryTake() => _free.Wait(0);

    /// <summary>Begins a start that <see cref="BreakStart"/> can end. Only within a turn.</summary>
    public CancellationToken BeginStart(CancellationToken cancellationToken)
    {
        var start = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _start = start;
        return start.Token;
    }

    public void BreakStart() => _start?.Cancel();

    /// <summary>Ends the turn.</summary>
    public void Dispose()
    {
        _start = null;
        _free.Release();
    }
}
