using System.Runtime.Serialization;

namespace Akka.Remote.Serialization;

/// <summary>The bytes name a serializer or a manifest that is not registered here. The message is dropped.</summary>
internal sealed class UnknownMessageException(string message) : SerializationException(message);
