namespace Akka.Remote.Wire;

/// <summary>The other side sent something that is not of this protocol; its connection is closed.</summary>
internal sealed class MalformedFrameException(string message, Exception? cause = null) : RemoteTransportException(message, cause);
