using Akka.Embedded;
using Akka.Event;

namespace Akka.Persistence.Snapshot;

/// <summary>Keeps each snapshot in a file of its own, written beside and renamed into place, so that a torn one never counts.</summary>
public class LocalSnapshotStore : SnapshotStore
{
    private readonly SnapshotFolder _folder;
    private readonly SnapshotCodec _codec;
    private readonly RuntimeEnvironment _environment;
    private readonly ILoggingAdapter _log;
    private readonly int _maxLoadAttempts;
    private Task _last = Task.CompletedTask;

    /// <summary>Reads the store's settings.</summary>
    public LocalSnapshotStore()
    {
        var config = Persistence.Instance.Apply(Context.System).ConfigOfSnapshotStore(Self);
        _folder = new SnapshotFolder(config.GetString("dir"));
        _maxLoadAttempts = config.GetInt("max-load-attempts");
        _codec = new SnapshotCodec(Context.System.Serialization);
        _environment = RuntimeEnvironment.Of(Context.System);
        _log = Context.GetLogger();
    }

    /// <inheritdoc/>
    protected override Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria) => InTurn<SelectedSnapshot?>(() =>
    {
        Exception? first = null;
        foreach (var metadata in _folder.List(persistenceId).Where(criteria.IsMatch).OrderByDescending(m => m.SequenceNr).Take(_maxLoadAttempts))
        {
            try
            {
                return new SelectedSnapshot(metadata, _codec.Read(_folder.Read(metadata)));
            }
            catch (Exception e)
            {
                _log.Warning("The snapshot {0} in {1} cannot be loaded: {2}", metadata, _folder.Path, e.Message);
                first ??= e;
            }
        }

        return first is null ? null : throw new IOException($"No snapshot of {persistenceId} in {_folder.Path} can be loaded; the newest fails with: {first.Message}", first);
    });

    /// <inheritdoc/>
    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        var bytes = _codec.Write(snapshot);
        return InTurn<object?>(() =>
        {
            _folder.Write(metadata, bytes);
            return null;
        });
    }

    /// <inheritdoc/>
    protected override Task DeleteAsync(SnapshotMetadata metadata) =>
        DeleteWhere(metadata.PersistenceId, m => m.SequenceNr == metadata.SequenceNr
            && (metadata.Timestamp == DateTime.MinValue || metadata.Timestamp == m.Timestamp));

    /// <inheritdoc/>
    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) => DeleteWhere(persistenceId, criteria.IsMatch);

    private Task DeleteWhere(string persistenceId, Func<SnapshotMetadata, bool> fits) => InTurn<object?>(() =>
    {
        foreach (var metadata in _folder.List(persistenceId).Where(fits)) _folder.Delete(metadata);
        return null;
    });

    // One after the other, and not on the actor's thread. Called by this actor alone, so the order is that of its messages.
    private Task<T> InTurn<T>(Func<T> work)
    {
        var before = _last;
        var done = new TaskCompletionSource<T>();
        _last = done.Task;
        before.ContinueWith(
            _ => _environment.Execute(() =>
            {
                try
                {
                    done.SetResult(work());
                }
                catch (Exception e)
                {
                    done.SetException(e);
                }
            }),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, _environment.TaskScheduler);
        return done.Task;
    }
}
