using Akka.Actor;
using Akka.Embedded;
using Akka.Pattern;

namespace Akka.Persistence.Snapshot;

/// <summary>
/// Base of snapshot stores. It speaks the snapshot protocol with persistent actors and leaves reading and writing to its subclass, whose tasks
/// are guarded by a circuit breaker.
/// </summary>
public abstract class SnapshotStore : ActorBase
{
    private readonly CircuitBreaker _breaker;
    private readonly RuntimeEnvironment _environment;

    /// <summary>Reads the settings that all snapshot stores have from the plugin's own configuration.</summary>
    protected SnapshotStore()
    {
        var config = Persistence.Instance.Apply(Context.System).ConfigOfSnapshotStore(Self);
        _environment = RuntimeEnvironment.Of(Context.System);
        _breaker = CircuitBreaker.Create(
            Context.System.Scheduler, config.GetInt("circuit-breaker.max-failures"), config.GetTimeSpan("circuit-breaker.call-timeout"),
            config.GetTimeSpan("circuit-breaker.reset-timeout"));
    }

    /// <summary>Loads the newest snapshot that fits; null if there is none.</summary>
    /// <param name="persistenceId">Whose state.</param>
    /// <param name="criteria">Which snapshots fit.</param>
    protected abstract Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria);

    /// <summary>Saves a snapshot in place of one with the same sequence number. The task ends when it is durable.</summary>
    /// <param name="metadata">Which snapshot.</param>
    /// <param name="snapshot">The state.</param>
    protected abstract Task SaveAsync(SnapshotMetadata metadata, object snapshot);

    /// <summary>Deletes a snapshot, if it is there.</summary>
    /// <param name="metadata">Which snapshot; without a time the one with its sequence number.</param>
    protected abstract Task DeleteAsync(SnapshotMetadata metadata);

    /// <summary>Deletes the snapshots that fit.</summary>
    /// <param name="persistenceId">Whose state.</param>
    /// <param name="criteria">Which snapshots fit.</param>
    protected abstract Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria);

    /// <summary>Handles messages of the store's own.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Whether it was handled.</returns>
    protected virtual bool ReceivePluginInternal(object message) => false;

    /// <inheritdoc/>
    protected sealed override bool Receive(object message)
    {
        switch (message)
        {
            case LoadSnapshot load:
                Answer(
                    async () => new LoadSnapshotResult(
                        await _breaker.WithCircuitBreaker(() => LoadAsync(load.PersistenceId, load.Criteria.Limit(load.ToSequenceNr))),
                        load.ToSequenceNr),
                    cause => new LoadSnapshotFailed(cause), Sender, Self);
                return true;
            case SaveSnapshot save:
                var metadata = new SnapshotMetadata(save.Metadata.PersistenceId, save.Metadata.SequenceNr, _environment.Time.GetUtcNow().UtcDateTime);
                Answer(
                    () => SaveAsync(metadata, save.Snapshot), new SaveSnapshotSuccess(metadata), cause => new SaveSnapshotFailure(metadata, cause), Sender, Self);
                return true;
            case DeleteSnapshot delete:
                Answer(
                    () => DeleteAsync(delete.Metadata), new DeleteSnapshotSuccess(delete.Metadata),
                    cause => new DeleteSnapshotFailure(delete.Metadata, cause), Sender, Self);
                return true;
            case DeleteSnapshots delete:
                Answer(
                    () => DeleteAsync(delete.PersistenceId, delete.Criteria), new DeleteSnapshotsSuccess(delete.Criteria),
                    cause => new DeleteSnapshotsFailure(delete.Criteria, cause), Sender, Self);
                return true;
            default:
                return ReceivePluginInternal(message);
        }
    }

    private void Answer(Func<Task> work, object success, Func<Exception, object> failure, IActorRef asker, IActorRef self) =>
        Answer(
            async () =>
            {
                await _breaker.WithCircuitBreaker(work);
                return success;
            },
            failure, asker, self);

    private void Answer<T>(Func<Task<T>> work, Func<Exception, object> failure, IActorRef asker, IActorRef self)
        where T : notnull => _environment.Start(async () =>
    {
        object answer;
        try
        {
            answer = await work();
        }
        catch (Exception e)
        {
            answer = failure(e is AggregateException { InnerExceptions: [var only] } ? only : e);
        }

        asker.Tell(answer, self);
    });
}
