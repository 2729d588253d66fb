using System.Net.Sockets;

namespace Akka.Remote.Network.Tcp;

/// <summary>
/// Looks for the next bytes for a moment before the reader goes to sleep, as long as they come that soon: to be woken takes the kernel many times as long as
/// to answer. A connection that only carries heartbeats never polls.
/// </summary>
internal sealed class ReceivePoll(Socket socket, TimeSpan longest, TimeProvider time)
{
    private const int SpinsBetweenLooks = 8;

    // Two that poll for each other answer several times sooner than two that sleep, so waits somewhat longer are worth a try.
    private const int TriedUpTo = 4;
    private const int MostDoublings = 6;

    // Others need processors, too: the peer may be on this machine.
    private static readonly int MaximumPollers = Environment.ProcessorCount / 2;
    private static int _pollers;

    private bool _isTalking;
    private int _failures;
    private int _left;

    /// <summary>Returns when there is something to read, or when it seems that there will not be soon.</summary>
    /// <param name="began">The present timestamp.</param>
    public void Poll(long began)
    {
        if (!_isTalking || _left-- > 0)
            return;
        if (Interlocked.Increment(ref _pollers) <= MaximumPollers)
            _failures = TryPoll(began) ? 0 : Math.Min(_failures + 1, MostDoublings);
        // What was in vain is tried ever less often.
        _left = (1 << _failures) - 1;
        Interlocked.Decrement(ref _pollers);
    }

    /// <summary>Says how long the reader has waited.</summary>
    public void Waited(TimeSpan span) => _isTalking = span <= TriedUpTo * longest;

    private bool TryPoll(long began)
    {
        try
        {
            do
            {
                if (socket.Available > 0)
                    return true;
                Thread.Yield();
                Thread.SpinWait(SpinsBetweenLooks);
            }
            while (time.GetElapsedTime(began) < longest);
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // Reading will say what has happened.
        }

        return false;
    }
}
