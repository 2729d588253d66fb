namespace Akka.Remote.Serialization;

/// <summary>A failure that happened on another system. Of the exception there only its text has come over.</summary>
internal sealed class RemoteFailureException(string message) : Exception(message)
{
    public static string TextOf(Exception? cause) => cause switch
    {
        null => string.Empty,
        // It has come over once already; it is not wrapped at each hop.
        RemoteFailureException remote => remote.Message,
        _ => $"{cause.GetType()}: {cause.Message}",
    };
}
