namespace Akka.TestKit;

/// <summary>Marks a test whose thread has no implicit sender: a plain <c>Tell</c> is sent by nobody instead of by the test actor.</summary>
public interface INoImplicitSender
{
}
