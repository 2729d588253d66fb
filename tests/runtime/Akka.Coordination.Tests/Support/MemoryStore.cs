using Akka.Coordination.Stores;

namespace Akka.Coordination.Tests.Support;

/// <summary>The plainest store there can be, which can also fail.</summary>
internal sealed class MemoryStore(TimeProvider time) : ILeaseStore
{
    private (string Owner, long Token, long Since, TimeSpan Duration)? _row;

    public bool IsBroken { get; set; }

    public string? Owner => _row?.Owner;

    public void Take(string owner) => _row = (owner, -1, time.GetTimestamp(), TimeSpan.FromHours(1));

    public bool TryAcquire(string owner, long token, TimeSpan duration)
    {
        Check();
        if (_row is { } row && row.Owner != owner && time.GetElapsedTime(row.Since) < row.Duration) return false;
        _row = (owner, token, time.GetTimestamp(), duration);
        return true;
    }

    public bool TryRenew(string owner, long token, TimeSpan duration)
    {
        Check();
        if (_row is not { } row || row.Token != token) return false;
        _row = (owner, token, time.GetTimestamp(), duration);
        return true;
    }

    public void Release(string owner, long token)
    {
        Check();
        if (_row?.Token == token) _row = null;
    }

    private void Check()
    {
        if (IsBroken) throw new IOException("the disk is gone");
    }
}
