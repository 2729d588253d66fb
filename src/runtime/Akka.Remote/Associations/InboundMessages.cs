using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Serialization;

namespace Akka.Remote.Associations;

/// <summary>Turns the payload of an envelope back into a message, and hands it to its recipient.</summary>
internal sealed class InboundMessages(Remoting remoting)
{
    /// <summary>Rebuilds a message. What cannot be rebuilt is counted, logged now and then, and dropped; null then.</summary>
    public object? TryRead(int serializerId, string manifest, ReadOnlySpan<byte> payload, Address from)
    {
        try
        {
            return RegisteredSerializers.Deserialize(remoting.System, serializerId, manifest, payload.ToArray());
        }
        // Serializers are code of the user fed with bytes of a stranger; whatever they throw concerns this message alone.
        catch (Exception failure)
        {
            remoting.Counters.CountUnknownMessage();
            remoting.Hostile.Warning("unknown", $"A message from {from} with serializer id {serializerId} and manifest '{Printable(manifest)}' is dropped, because it cannot be read: {failure.Message}");
            return null;
        }
    }

    public void Deliver(object message, IActorRef sender, IInternalActorRef recipient, Address from)
    {
        if (remoting.Settings.LogReceive)
            remoting.Log.Debug("Received [{0}] from [{1}] for [{2}]", message, sender, recipient);
        if (remoting.Settings.UntrustedMode && IsForbidden(message, recipient))
        {
            remoting.Hostile.Warning("untrusted", $"A message {message.GetType()} from {from} for {recipient} is dropped: it is not allowed in untrusted mode.");
            return;
        }

        try
        {
            switch (message)
            {
                case ISystemMessage system:
                    recipient.SendSystemMessage(system);
                    break;
                case ActorSelectionMessage selection:
                    ActorSelection.DeliverSelection(recipient, sender, selection);
                    break;
                default:
                    recipient.Tell(message, sender);
                    break;
            }
        }
        // What goes wrong at one recipient (a full bounded mailbox, a listener that throws) must not break the connection of all.
        catch (Exception failure)
        {
            remoting.Log.Error(failure, "The message {0} from {1} could not be handed to {2}: {3}", message.GetType(), from, recipient, failure.Message);
        }
    }

    private static string Printable(string manifest)
    {
        const int most = 64;
        var shown = manifest.Length <= most ? manifest : manifest[..most] + "…";
        return string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c));
    }

    private bool IsForbidden(object message, IInternalActorRef recipient)
    {
        switch (message)
        {
            case ActorSelectionMessage selection:
                var path = recipient.Path.ToStringWithoutAddress().TrimEnd('/') + "/" + string.Join('/', selection.Elements.Select(element => element.ToString()));
                return !remoting.Settings.TrustedSelectionPaths.Contains(path) || IsForbidden(selection.Message, recipient);
            // A watch does no harm, and its end must be told.
            case Watch or Unwatch or DeathWatchNotification:
                return false;
            default:
                return message is IPossiblyHarmful or ISystemMessage;
        }
    }
}
