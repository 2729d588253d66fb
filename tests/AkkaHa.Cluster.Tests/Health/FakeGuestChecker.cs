using AkkaHa.Core.Health;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Health;

namespace AkkaHa.Cluster.Tests.Health;

/// <summary>Guests answer as the test says.</summary>
internal sealed class FakeGuestChecker : IGuestChecker
{
    private volatile CheckOutcome _answer = new(CheckVerdict.Failed, "no answer");
    private int _asked;

    public CheckVerdict Answer { set => _answer = new CheckOutcome(value, value == CheckVerdict.Passed ? "it answers" : "no answer"); }

    public int Asked => Volatile.Read(ref _asked);

    public Task<CheckOutcome> CheckAsync(ResourceId id, HealthCheck check, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _asked);
        return Task.FromResult(_answer);
    }
}
