using Akka.Event;

namespace Akka.Remote.Associations;

/// <summary>Warnings that a hostile or broken peer could cause without end: one line per kind and interval, with the number of those left out.</summary>
internal sealed class RateLimitedLog(ILoggingAdapter log, TimeProvider time, TimeSpan interval)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Since, int LeftOut)> _kinds = [];

    /// <param name="kind">What is counted together; a constant of the caller, so that there are few.</param>
    /// <param name="text">The line.</param>
    public void Warning(string kind, string text)
    {
        var leftOut = 0;
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (_kinds.TryGetValue(kind, out var last))
            {
                if (time.GetElapsedTime(last.Since, now) < interval)
                {
                    _kinds[kind] = (last.Since, last.LeftOut + 1);
                    return;
                }

                leftOut = last.LeftOut;
            }

            _kinds[kind] = (now, 0);
        }

        if (leftOut == 0)
            log.Warning("{0}", text);
        else
            log.Warning("{0} ({1} more of this kind were not logged.)", text, leftOut);
    }
}
