namespace Akka.Dispatch.SysMsg;

/// <summary>A piece of an asynchronous handler, to be run by the actor that owns it.</summary>
public sealed class ActorTask : SystemMessage
{
    /// <summary>Wraps the piece.</summary>
    /// <param name="task">The piece.</param>
    public ActorTask(Task task) => Task = task;

    /// <summary>The piece.</summary>
    public Task Task { get; }

    /// <inheritdoc/>
    public override string ToString() => "<ActorTask>";
}
