using Akka.Actor;
using Akka.Event;
using Akka.Remote.Serialization;
using Akka.Remote.Wire;

namespace Akka.Remote.Associations;

/// <summary>Turns a message into an envelope.</summary>
internal sealed class OutboundMessages(Remoting remoting)
{
    /// <summary>Writes the envelope. A message that cannot be sent is logged and counted; false then.</summary>
    public bool TryWrite(EnvelopeWriter writer, object message, IActorRef? sender, RemoteActorRef recipient)
    {
        if (remoting.Settings.LogSend)
            remoting.Log.Debug("Sends [{0}] from [{1}] to [{2}]", message, sender, recipient);
        try
        {
            var (serializerId, manifest, payload) = Akka.Serialization.Serialization.WithTransport(
                remoting.System,
                (remoting.System, message),
                static state => RegisteredSerializers.Serialize(state.System, state.message));
            writer.Write(message is Dispatch.SysMsg.ISystemMessage, WirePaths.Relative(recipient.Path), SenderOf(sender), serializerId, manifest, payload);
        }
        // A serializer is code of the user; whatever it throws must not end the actor that sends.
        catch (Exception failure)
        {
            remoting.Counters.CountUnserializable();
            remoting.Log.Error(failure, "The message {0} for {1} is dropped, because it cannot be serialized: {2}", message.GetType(), recipient, failure.Message);
            return false;
        }

        if (writer.Frame.Length <= remoting.MaximumFrameBytes)
            return true;
        remoting.Counters.CountUnserializable();
        remoting.Log.Error(
            "The message {0} for {1} is dropped: it needs {2} bytes, and {3} are allowed (akka.remote.dot-netty.tcp.maximum-frame-size).",
            message.GetType(),
            recipient,
            writer.Frame.Length,
            remoting.MaximumFrameBytes);
        writer.Release();
        return false;
    }

    private ReadOnlySpan<byte> SenderOf(IActorRef? sender) => sender switch
    {
        null or Nobody => default,
        // An actor of another system in this process answers under that system's address.
        RemoteActorRef => WirePaths.Full(sender),
        IInternalActorRef actor when !ReferenceEquals(actor.Provider, remoting.Provider) => WirePaths.Full(sender),
        _ => WirePaths.Relative(sender.Path),
    };
}
