// Part of the real environment: mailboxes are timed by the processor's clock.
#pragma warning disable RS0030

using System.Diagnostics;
using Akka.Dispatch;

namespace Akka.Embedded;

/// <summary>
/// Finds out whether an actor handles its messages in less time than it takes to wake another thread. Only then it is better that what it has woken
/// waits for the end of its turn. Belongs to one turn; what it finds is kept with the mailbox.
/// </summary>
internal struct TurnPace
{
    // Waking a thread takes some microseconds, and moving what two processors touch some tenths of one.
    private static readonly long BriskTicks = Stopwatch.Frequency / 1_000_000;
    private static readonly long SlowTicks = 2 * BriskTicks;

    // Reading the clock costs as much as a short message: a brisk turn is looked at now and then only.
    private const int FirstLook = 4;
    private const int SecondLook = 16;
    private const int BriskInARow = 3;

    private long _since;
    private int _inARow;

    /// <summary>Called before each message. False when what was woken should not wait for the rest of the turn.</summary>
    public bool StaysBrisk(Mailbox mailbox, int handled)
    {
        if (!mailbox.IsBrisk)
        {
            TryBecomeBrisk(mailbox, handled);
            return false;
        }

        switch (handled)
        {
            case 1:
                Restart();
                break;
            case FirstLook or SecondLook when _since != 0:
                mailbox.IsBrisk = Stopwatch.GetTimestamp() - _since <= (handled - 1) * SlowTicks;
                break;
        }

        return mailbox.IsBrisk;
    }

    /// <summary>Time is counted from here.</summary>
    public void Restart() => _since = Stopwatch.GetTimestamp();

    private void TryBecomeBrisk(Mailbox mailbox, int handled)
    {
        if (handled == 0)
            return;
        _inARow = Stopwatch.GetTimestamp() - _since <= BriskTicks ? _inARow + 1 : 0;
        if (_inARow < BriskInARow)
            return;
        mailbox.IsBrisk = true;
        // The looks of this turn are over.
        _since = 0;
    }
}
