using AkkaHa.Core.Leases;

namespace AkkaHa.Core.Tests.Leases;

public class LeaseSettingsTests
{
    [Fact]
    public void The_default_bound_is_21_seconds()
    {
        Assert.Null(LeaseSettings.Default.Refuse());
        Assert.Equal(21, LeaseSettings.Default.Bound(new LeaseTerms(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), true)).TotalSeconds, 3);
    }

    [Fact]
    public void A_lease_that_two_lost_renewals_would_end_is_refused_with_the_reason() =>
        Assert.Contains("expected at least 3 · renew + round-timeout = 7 s", (LeaseSettings.Default with { NodeTtl = TimeSpan.FromSeconds(6) }).Refuse(), StringComparison.Ordinal);
}
