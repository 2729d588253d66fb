using System.Text;
using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Remote.Associations;

/// <summary>What one connection has looked up: recipients, senders and manifests come again and again.</summary>
internal sealed class InboundResolution(Remoting remoting)
{
    private const int RecipientSlots = 256;
    private const int SenderSlots = 256;
    private const int ManifestSlots = 64;

    private readonly ByteKeyedCache<IInternalActorRef> _recipients = new(RecipientSlots);
    private readonly ByteKeyedCache<IActorRef> _senders = new(SenderSlots);
    private readonly ByteKeyedCache<string> _manifests = new(ManifestSlots);

    public void Deliver(EnvelopeView envelope, Association association)
    {
        var manifest = ManifestOf(envelope.Manifest);
        if (remoting.Inbound.TryRead(envelope.SerializerId, manifest, envelope.Payload, association.Remote) is not { } message)
            return;
        var recipient = RecipientAt(envelope.Recipient);
        var sender = envelope.Sender.IsEmpty ? ActorRefs.NoSender : SenderAt(envelope.Sender, association);
        remoting.Inbound.Deliver(message, sender, recipient, association.Remote);
    }

    private IInternalActorRef RecipientAt(ReadOnlySpan<byte> path)
    {
        if (_recipients.Find(path) is { } known)
        {
            if (!known.IsTerminated)
                return known;
            _recipients.Forget(path);
        }

        var recipient = remoting.Provider.ResolveRecipient(Encoding.UTF8.GetString(path));
        // What is not there now may be there for the next message. A temporary actor gets one message and is gone.
        if (!recipient.IsTerminated && recipient is not MinimalActorRef)
            _recipients.Remember(path, recipient);
        return recipient;
    }

    private IActorRef SenderAt(ReadOnlySpan<byte> path, Association association)
    {
        if (_senders.Find(path) is { } known)
            return known;
        var text = Encoding.UTF8.GetString(path);
        var sender = text[0] == '/'
            ? remoting.Provider.RemoteRef(association, text)
            : remoting.Provider.ResolveActorRef(text);
        if (!text.StartsWith(WirePaths.TemporaryPrefix, StringComparison.Ordinal))
            _senders.Remember(path, sender);
        return sender;
    }

    private string ManifestOf(ReadOnlySpan<byte> manifest)
    {
        if (manifest.IsEmpty)
            return string.Empty;
        if (_manifests.Find(manifest) is { } known)
            return known;
        var text = Encoding.UTF8.GetString(manifest);
        _manifests.Remember(manifest, text);
        return text;
    }
}
