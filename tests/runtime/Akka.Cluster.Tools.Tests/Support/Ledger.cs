namespace Akka.Cluster.Tools.Tests.Support;

/// <summary>What happened, in order, as the actors of several systems write it down; a test waits for entries.</summary>
public sealed class Ledger
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly List<string> _entries = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> Entries
    {
        get
        {
            lock (_lock) return _entries.ToList();
        }
    }

    public void Write(string entry)
    {
        lock (_lock)
        {
            _entries.Add(entry);
            _more.TrySetResult();
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Waits until the entries are as a condition demands.</summary>
    public async Task Until(Func<IReadOnlyList<string>, bool> condition)
    {
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (condition(_entries)) return;
                more = _more.Task;
            }

            try
            {
                await more.WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                Assert.Fail($"Waited in vain. Written down so far: {string.Join(", ", Entries)}");
            }
        }
    }

    public Task Until(string entry) => Until(entries => entries.Contains(entry));
}
