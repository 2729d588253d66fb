using Akka.Embedded;

namespace Akka.Persistence.Sql.Db;

/// <summary>A work loop on a thread of its own, so that waiting for a disk holds no actor's thread up.</summary>
internal sealed class ThreadWorkLoop : WorkLoop
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ThreadWorkLoop(RuntimeEnvironment environment, string name, int maxWeight, Action<IReadOnlyList<Work>> handle, Action closed)
        : base(maxWeight, handle, closed) => environment.ExecuteLong(name, Loop);

    public override Task Ended => _ended.Task;

    protected override void Wake() => Monitor.Pulse(Gate);

    private void Loop()
    {
        while (true)
        {
            lock (Gate)
            {
                while (!HasWork && !IsClosing) Monitor.Wait(Gate);
                if (IsClosing) break;
            }

            DoNext();
        }

        End();
        _ended.SetResult();
    }
}
