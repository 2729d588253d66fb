using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>Reads events back.</summary>
public interface IAsyncRecovery
{
    /// <summary>Reads events in the order of their sequence numbers. The task ends when all were handed over.</summary>
    /// <param name="context">The journal's context, of use only before the first wait.</param>
    /// <param name="persistenceId">Whose events.</param>
    /// <param name="fromSequenceNr">The first sequence number, inclusive.</param>
    /// <param name="toSequenceNr">The last sequence number, inclusive.</param>
    /// <param name="max">At most so many events.</param>
    /// <param name="recoveryCallback">Gets each event.</param>
    Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback);

    /// <summary>The highest sequence number that was ever written for a persistence id, deleted events included; 0 if there is none.</summary>
    /// <param name="persistenceId">Whose.</param>
    /// <param name="fromSequenceNr">A hint where to start looking.</param>
    Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr);
}
