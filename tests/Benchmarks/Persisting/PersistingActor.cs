using Akka.Actor;
using Akka.Persistence;

namespace AkkaHa.Benchmarks.Persisting;

/// <summary>Persists every string it gets and answers with it once it is durable.</summary>
internal sealed class PersistingActor(string persistenceId, bool pipelined) : UntypedPersistentActor
{
    public override string PersistenceId => persistenceId;

    protected override void OnCommand(object message)
    {
        if (message is not string text)
            return;
        var asker = Sender;
        if (pipelined)
            PersistAsync(text, stored => asker.Tell(stored, Self));
        else
            Persist(text, stored => asker.Tell(stored, Self));
    }

    protected override void OnRecover(object message)
    {
    }
}

/// <summary>Keeps so many events under way at each of some persistent actors until all are durable.</summary>
internal sealed class WriterActor : UntypedActor
{
    private Write? _write;
    private int _toSend;
    private int _toReceive;

    /// <summary>What to write.</summary>
    internal sealed record Write(IReadOnlyList<IActorRef> Actors, int Events, int InFlightEach, TaskCompletionSource Done);

    protected override void OnReceive(object message)
    {
        if (message is Write write)
        {
            _write = write;
            _toSend = _toReceive = write.Events;
            for (var i = 0; i < write.InFlightEach; i++)
            {
                foreach (var actor in write.Actors)
                    SendTo(actor);
            }

            return;
        }

        SendTo(Sender);
        if (--_toReceive == 0)
            _write!.Done.SetResult();
    }

    private void SendTo(IActorRef actor)
    {
        if (_toSend == 0)
            return;
        _toSend--;
        actor.Tell("an event of some thirty bytes.", Self);
    }
}
