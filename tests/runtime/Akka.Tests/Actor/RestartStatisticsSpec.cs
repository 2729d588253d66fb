using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Embedded;

namespace Akka.Tests.Actor;

public sealed class RestartStatisticsSpec
{
    private readonly DeterministicEnvironment _environment = new(1);
    private readonly ChildRestartStats _stats;

    public RestartStatisticsSpec() => _stats = new ChildRestartStats(ActorRefs.Nobody, _environment.Time);

    [Fact]
    public void Without_a_window_restarts_are_counted_for_ever()
    {
        Assert.True(_stats.RequestRestartPermission(2, -1));
        _environment.RunFor(TimeSpan.FromDays(1));
        Assert.True(_stats.RequestRestartPermission(2, -1));
        Assert.False(_stats.RequestRestartPermission(2, -1));
    }

    [Fact]
    public void After_a_window_the_count_begins_anew()
    {
        for (var i = 0; i < 2; i++)
        {
            Assert.True(_stats.RequestRestartPermission(2, 1000));
            _environment.RunFor(TimeSpan.FromMilliseconds(400));
            Assert.True(_stats.RequestRestartPermission(2, 1000));
            _environment.RunFor(TimeSpan.FromMilliseconds(601));
        }

        Assert.True(_stats.RequestRestartPermission(2, 1000));
        Assert.True(_stats.RequestRestartPermission(2, 1000));
        Assert.False(_stats.RequestRestartPermission(2, 1000));
    }

    [Fact]
    public void Without_a_limit_any_number_is_allowed() => Assert.All(Enumerable.Range(0, 1000), _ => Assert.True(_stats.RequestRestartPermission(-1, -1)));

    [Fact]
    public void A_window_without_a_limit_allows_one()
    {
        Assert.True(_stats.RequestRestartPermission(-1, 1000));
        Assert.False(_stats.RequestRestartPermission(-1, 1000));
    }
}
