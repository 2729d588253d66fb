using AkkaHa.TestSupport;
using static Akka.Cluster.Tests.TestMembers;

namespace Akka.Cluster.Tests;

public class HeartbeatWindowSpecs
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_backlog_answered_all_at_once_counts_only_where_it_is_recent()
    {
        var window = new HeartbeatWindow(_time, TimeSpan.FromSeconds(4));
        var sent = new List<HeartbeatRsp>();
        for (var nr = 1; nr <= 30; nr++)
        {
            sent.Add(new HeartbeatRsp(Node(2), nr, _time.GetTimestamp()));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([27L, 28, 29, 30], sent.Where(window.Accepts).Select(a => a.SequenceNr));
    }

    [Fact]
    public void An_answer_counts_once_and_never_after_a_later_one()
    {
        var window = new HeartbeatWindow(_time, null);
        Assert.True(window.Accepts(new HeartbeatRsp(Node(2), 5, 0)));
        Assert.False(window.Accepts(new HeartbeatRsp(Node(2), 5, 0)));
        Assert.False(window.Accepts(new HeartbeatRsp(Node(2), 4, 0)));
        Assert.True(window.Accepts(new HeartbeatRsp(Node(2, 9), 4, 0)));
        window.Forget(Node(2));
        Assert.True(window.Accepts(new HeartbeatRsp(Node(2), 4, 0)));
    }
}
