using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Akka.Pattern;

namespace Akka.Persistence.Journal;

/// <summary>
/// Base of journals. It speaks the journal protocol with persistent actors and leaves reading and writing to its subclass, whose tasks are
/// guarded by a circuit breaker.
/// </summary>
public abstract class AsyncWriteJournal : WriteJournalBase, IAsyncRecovery
{
    private readonly CircuitBreaker _breaker;
    private readonly ReplayFilterSettings _replayFilter;
    private readonly ILoggingAdapter _log;
    private readonly InFlightWrites _inFlight = new();

    /// <summary>Reads the settings that all journals have from the plugin's own configuration.</summary>
    protected AsyncWriteJournal()
    {
        var config = Persistence.Instance.Apply(Context.System).ConfigOfJournal(Self);
        _log = Context.GetLogger();
        _breaker = CircuitBreaker.Create(
            Context.System.Scheduler, config.GetInt("circuit-breaker.max-failures"), config.GetTimeSpan("circuit-breaker.call-timeout"),
            config.GetTimeSpan("circuit-breaker.reset-timeout"));
        _replayFilter = ReplayFilterSettings.Read(config.GetConfig("replay-filter"), Self.Path.Name);
    }

    /// <summary>
    /// Writes a batch of one actor in its order. The task ends when all of it is durable, and fails if any of it is not, or may not be.
    /// What it gives back is null if nothing was rejected, else one entry for each atomic write: null, or why that write was rejected, which is
    /// for reasons of the event itself and before anything was written.
    /// </summary>
    /// <param name="messages">The batch.</param>
    protected abstract Task<IImmutableList<Exception?>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages);

    /// <summary>Deletes events up to a sequence number, inclusive. The highest sequence number stays known.</summary>
    /// <param name="persistenceId">Whose events.</param>
    /// <param name="toSequenceNr">The last one that goes.</param>
    protected abstract Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr);

    /// <inheritdoc/>
    public abstract Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr);

    /// <inheritdoc/>
    public abstract Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback);

    /// <summary>Handles messages of the journal's own.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Whether it was handled.</returns>
    protected virtual bool ReceivePluginInternal(object message) => false;

    /// <inheritdoc/>
    protected sealed override bool Receive(object message) => ReceiveWriteJournal(message) || ReceivePluginInternal(message);

    /// <summary>Handles the journal protocol.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Whether it was handled.</returns>
    protected bool ReceiveWriteJournal(object message)
    {
        switch (message)
        {
            case WriteMessages write:
                Write(write);
                return true;
            case ReplayMessages replay:
                var (earlierWrites, context, self) = (_inFlight.Of(replay.PersistenceId), Context, Self);
                Runtime.Start(() => Replay(replay, earlierWrites, context, self));
                return true;
            case DeleteMessagesTo delete:
                Delete(delete, _inFlight.Of(delete.PersistenceId), Self);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The one exception within an <see cref="AggregateException"/>, or the exception itself.</summary>
    /// <param name="e">The exception.</param>
    protected static Exception TryUnwrapException(Exception e)
    {
        if (e is not AggregateException aggregate) return e;
        var flat = aggregate.Flatten();
        return flat.InnerExceptions.Count == 1 ? flat.InnerExceptions[0] : flat;
    }

    private void Write(WriteMessages request)
    {
        var writes = PreparePersistentBatch(request.Messages).ToList();
        if (writes.Count == 0)
        {
            WriteAnswers.Succeed(request, writes, null, Self);
            return;
        }

        // The breaker gives a write up that takes too long, but it is over only when the subclass says so.
        Task<IImmutableList<Exception?>?>? write = null;
        var self = Self;
        Runtime.Start(() => AnswerWrite(request, writes, _breaker.WithCircuitBreaker(() => write = WriteMessagesAsync(writes)), self));
        if (write is not null) _inFlight.Add(writes.Select(w => w.PersistenceId).Distinct(), write);
    }

    // The answers below are sent from whichever thread ends the work: only Tell is used, and what is per actor was captured before.
    private static async Task AnswerWrite(WriteMessages request, List<AtomicWrite> writes, Task<IImmutableList<Exception?>?> write, IActorRef self)
    {
        IImmutableList<Exception?>? rejections;
        try
        {
            rejections = await write;
            if (rejections is not null && rejections.Count != writes.Count)
                throw new IllegalStateException($"The journal gave {rejections.Count} results for {writes.Count} atomic writes.");
        }
        catch (Exception e)
        {
            WriteAnswers.Fail(request, TryUnwrapException(e), self);
            return;
        }

        WriteAnswers.Succeed(request, writes, rejections, self);
    }

    private async Task Replay(ReplayMessages request, Task earlierWrites, IActorContext context, IActorRef self)
    {
        var asker = request.PersistentActor;
        var instance = request.ActorInstanceId;
        try
        {
            await Settled(earlierWrites);
            var highest = await _breaker.WithCircuitBreaker(
                () => ReadHighestSequenceNrAsync(request.PersistenceId, Math.Max(0, request.FromSequenceNr - 1)));
            var to = Math.Min(request.ToSequenceNr, highest);
            if (highest > 0 && request.FromSequenceNr <= to && request.Max > 0)
            {
                var filter = new ReplayFilter(
                    _replayFilter, request.PersistenceId, _log,
                    representation => asker.Tell(new ReplayedMessage(representation) { ActorInstanceId = instance }, ActorRefs.NoSender));
                await ReplayMessagesAsync(context, request.PersistenceId, request.FromSequenceNr, to, request.Max, representation =>
                {
                    if (!representation.IsDeleted) filter.Next(representation);
                });
                filter.End();
            }

            asker.Tell(new RecoverySuccess(highest) { ActorInstanceId = instance }, self);
        }
        catch (Exception e)
        {
            asker.Tell(new ReplayMessagesFailure(TryUnwrapException(e)) { ActorInstanceId = instance }, self);
        }
    }

    private void Delete(DeleteMessagesTo request, Task earlierWrites, IActorRef self) => Runtime.Start(async () =>
    {
        object answer;
        try
        {
            await Settled(earlierWrites);
            await _breaker.WithCircuitBreaker(() => DeleteMessagesToAsync(request.PersistenceId, request.ToSequenceNr));
            answer = new DeleteMessagesSuccess(request.ToSequenceNr);
        }
        catch (Exception e)
        {
            answer = new DeleteMessagesFailure(TryUnwrapException(e), request.ToSequenceNr);
        }

        request.PersistentActor.Tell(answer, self);
    });

    private static async Task Settled(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception)
        {
            // Whoever asked for that write was told of its failure; here only its end counts.
        }
    }
}
