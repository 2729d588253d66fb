namespace Akka.Actor;

/// <summary>Takes a path apart that has no address.</summary>
public static class RelativeActorPath
{
    /// <summary>The elements of a relative path, or null when the text is an absolute URI.</summary>
    /// <param name="addr">The text; a leading slash yields an empty first element.</param>
    public static IEnumerable<string>? Unapply(string addr)
        => addr.Contains("://", StringComparison.Ordinal) ? null : addr.Split('/');
}
