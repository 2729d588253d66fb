using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Whose events, and where they are kept.</summary>
public interface IPersistentIdentity
{
    /// <summary>Names the actor in its journal: unique, and the same in every incarnation.</summary>
    string PersistenceId { get; }

    /// <summary>Configuration path of the journal; empty means <c>akka.persistence.journal.plugin</c>.</summary>
    string JournalPluginId { get; }

    /// <summary>Configuration path of the snapshot store; empty means <c>akka.persistence.snapshot-store.plugin</c>.</summary>
    string SnapshotPluginId { get; }
}

/// <summary>Says from where to where an actor recovers.</summary>
public interface IPersistenceRecovery
{
    /// <summary>Asked once for each start.</summary>
    Recovery Recovery { get; }
}

/// <summary>Has a stash for commands, and an internal one for what arrives during a write or a recovery.</summary>
public interface IPersistenceStash : IWithUnboundedStash
{
    /// <summary>What happens to a command that finds the internal stash full.</summary>
    IStashOverflowStrategy InternalStashOverflowStrategy { get; }
}
