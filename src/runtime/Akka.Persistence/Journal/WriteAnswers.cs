using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>The answers of a journal to one batch, in the order of the batch; each carries the sender of the command behind its event.</summary>
internal static class WriteAnswers
{
    public static void Succeed(WriteMessages request, IReadOnlyList<AtomicWrite> written, IImmutableList<Exception?>? rejections, IActorRef self)
    {
        var asker = request.PersistentActor;
        var instance = request.ActorInstanceId;
        asker.Tell(WriteMessagesSuccessful.To(instance), self);
        var index = 0;
        foreach (var envelope in request.Messages)
        {
            if (envelope is not AtomicWrite asked)
            {
                asker.Tell(new LoopMessageSuccess(envelope.Payload, instance), envelope.Sender);
                continue;
            }

            var rejection = rejections?[index];
            for (var i = 0; i < asked.Size; i++)
            {
                var sender = asked.Events[i].Sender;
                if (rejection is not null)
                    asker.Tell(new WriteMessageRejected(asked.Events[i], rejection, instance), sender);
                else
                    asker.Tell(new WriteMessageSuccess(written[index].Events[i], instance), sender);
            }

            index++;
        }
    }

    public static void Fail(WriteMessages request, Exception cause, IActorRef self)
    {
        var asker = request.PersistentActor;
        var instance = request.ActorInstanceId;
        asker.Tell(new WriteMessagesFailed(cause, request.Messages.Count(envelope => envelope is AtomicWrite)), self);
        foreach (var envelope in request.Messages)
        {
            if (envelope is not AtomicWrite asked)
            {
                asker.Tell(new LoopMessageSuccess(envelope.Payload, instance), envelope.Sender);
                continue;
            }

            foreach (var representation in asked.Events)
                asker.Tell(new WriteMessageFailure(representation, cause, instance), representation.Sender);
        }
    }
}
