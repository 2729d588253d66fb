namespace Akka.Persistence.Serialization;

/// <summary>Marks what a persistence serializer may write.</summary>
public interface IMessage;
