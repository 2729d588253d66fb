using System.Collections.Immutable;

namespace Akka.Remote;

/// <summary>The last intervals between heartbeats, with running sums so that mean and deviation cost nothing. Immutable.</summary>
internal sealed class HeartbeatHistory
{
    private readonly int _maxSampleSize;
    private readonly ImmutableQueue<double> _intervals;
    private readonly int _count;
    private readonly double _sum;
    private readonly double _squaredSum;

    public HeartbeatHistory(int maxSampleSize)
        : this(maxSampleSize, ImmutableQueue<double>.Empty, 0, 0, 0)
    {
    }

    private HeartbeatHistory(int maxSampleSize, ImmutableQueue<double> intervals, int count, double sum, double squaredSum)
    {
        _maxSampleSize = maxSampleSize;
        _intervals = intervals;
        _count = count;
        _sum = sum;
        _squaredSum = squaredSum;
    }

    public int Count => _count;

    public double Mean => _sum / _count;

    // Rounding can push the difference a little below zero when all intervals are equal.
    public double StdDeviation => Math.Sqrt(Math.Max(0, _squaredSum / _count - Mean * Mean));

    public HeartbeatHistory With(double interval)
    {
        if (_count < _maxSampleSize)
            return new HeartbeatHistory(_maxSampleSize, _intervals.Enqueue(interval), _count + 1, _sum + interval, _squaredSum + interval * interval);

        var rest = _intervals.Dequeue(out var oldest);
        return new HeartbeatHistory(
            _maxSampleSize,
            rest.Enqueue(interval),
            _count,
            _sum - oldest + interval,
            _squaredSum - oldest * oldest + interval * interval);
    }
}
