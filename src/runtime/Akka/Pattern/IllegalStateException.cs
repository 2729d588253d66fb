
namespace Akka.Pattern;

/// <summary>Something was asked of an object that its present state does not allow.</summary>
public class IllegalStateException : AkkaException
{
    /// <summary>Says what.</summary>
    public IllegalStateException(string message) : base(message)
    {
    }

    /// <summary>Says what, and what came before.</summary>
    public IllegalStateException(string message, Exception innerEx) : base(message, innerEx)
    {
    }
}
