using System.Globalization;

namespace AkkaHa.Simulation.World;

/// <summary>What happened in a run, line by line: the newest lines are kept, and a hash of all of them tells whether two runs were the same.</summary>
internal sealed class Trace(Func<TimeSpan> elapsed, Action<string>? sink)
{
    private const int MaxKept = 400;

    private readonly Queue<string> _tail = new();
    private ulong _hash = 14695981039346656037UL;

    /// <summary>The newest lines, oldest first.</summary>
    public IReadOnlyCollection<string> Tail => _tail;

    /// <summary>Of every line and every step so far.</summary>
    public string Hash => _hash.ToString("x16", CultureInfo.InvariantCulture);

    /// <param name="who">The node or part that it is about.</param>
    /// <param name="text">What happened.</param>
    public void Add(string who, string text)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{elapsed().TotalSeconds,10:0.0000} {who,-8} {text}");
        AddToHash(line);
        _tail.Enqueue(line);
        if (_tail.Count > MaxKept)
            _tail.Dequeue();
        sink?.Invoke(line);
    }

    /// <summary>A step of the loop: counted, not kept.</summary>
    public void AddToHash(string line)
    {
        foreach (var c in line)
            _hash = (_hash ^ c) * 1099511628211UL;
    }
}
