using Akka.Embedded;

namespace Akka.Persistence.Sql.Db;

/// <summary>A work loop on the one thread of a simulation, which decides when its turn comes.</summary>
internal sealed class EnvironmentWorkLoop(RuntimeEnvironment environment, int maxWeight, Action<IReadOnlyList<Work>> handle, Action closed)
    : WorkLoop(maxWeight, handle, closed)
{
    private readonly TaskCompletionSource _ended = new();
    private bool _isScheduled;

    public override Task Ended => _ended.Task;

    protected override void Wake()
    {
        if (_isScheduled) return;
        _isScheduled = true;
        environment.Execute(Turn);
    }

    private void Turn()
    {
        lock (Gate) _isScheduled = false;
        if (IsClosing)
        {
            if (_ended.Task.IsCompleted) return;
            End();
            _ended.SetResult();
            return;
        }

        DoNext();
        lock (Gate)
        {
            if (HasWork) Wake();
        }
    }
}
