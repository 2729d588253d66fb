namespace Akka.Dispatch.SysMsg;

/// <summary>Stands at the end of a list that takes no more messages.</summary>
public sealed class NoMessage : SystemMessage
{
    /// <inheritdoc/>
    public override string ToString() => "<NoMessage>";
}
