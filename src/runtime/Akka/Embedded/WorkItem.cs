using Akka.Dispatch;

namespace Akka.Embedded;

/// <summary>Something that a node of a simulation is ready to run.</summary>
internal readonly struct WorkItem(SimulatedNode node, object work)
{
    public SimulatedNode Node { get; } = node;

    public void Run()
    {
        switch (work)
        {
            case IRunnable runnable:
                runnable.Run();
                break;
            case IThreadPoolWorkItem item:
                item.Execute();
                break;
            case Action action:
                action();
                break;
            case VirtualTimer.Shot shot:
                shot.Fire();
                break;
            case Task task:
                Node.Run(task);
                break;
            default:
                var (callback, state) = ((SendOrPostCallback, object?))work;
                callback(state);
                break;
        }
    }

    // No numbers that differ from process to process: hash codes, task ids, thread ids.
    public string Describe() => work switch
    {
        DeadLetterMailbox => "dead letters",
        Mailbox mailbox => mailbox.Actor.Self.Path.ToStringWithAddress(),
        VirtualTimer.Shot => "timer",
        Task => "task",
        _ => "work",
    };
}
