using System.Net;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Network;

namespace AkkaHa.Devices.Tests.Network;

public sealed class LinkHealthTests
{
    private static readonly LinkSettings Settings = new(
        new LinkPair(IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.1.1")), new SortedDictionary<NodeName, LinkPair>(), 4400);

    [Fact]
    public void The_second_link_is_taken_only_while_it_answers_and_the_first_does_not()
    {
        var health = new LinkHealth(At(0), LinkChoice.First).Heard(true, At(0.1), Settings.LinkTimeout);

        Assert.Equal(LinkChoice.First, health.Decide(At(2), Settings).Choice);
        health = health.Heard(false, At(2), Settings.LinkTimeout);
        Assert.Equal(LinkChoice.First, health.Decide(At(1.0), Settings).Choice);
        Assert.Equal(LinkChoice.Second, health.Decide(At(2), Settings).Choice);
    }

    [Fact]
    public void Before_the_first_answer_can_have_come_nothing_is_led_anywhere()
    {
        var health = new LinkHealth(At(0), LinkChoice.First).Heard(false, At(0.1), Settings.LinkTimeout);

        Assert.Equal(LinkChoice.First, health.Decide(At(0.5), Settings).Choice);
        Assert.Equal(LinkChoice.Second, health.Decide(At(1.05), Settings).Choice);
    }

    [Fact]
    public void The_first_link_is_gone_back_to_when_it_has_answered_without_a_break_or_the_second_is_silent()
    {
        var health = new LinkHealth(At(0), LinkChoice.Second);
        for (var t = 1.0; t < 3; t += 0.5)
            health = health.Heard(true, At(t), Settings.LinkTimeout).Heard(false, At(t), Settings.LinkTimeout);
        Assert.Equal(LinkChoice.Second, health.Decide(At(3), Settings).Choice);

        // A break begins the count anew.
        for (var t = 4.5; t < 8; t += 0.5)
            health = health.Heard(true, At(t), Settings.LinkTimeout).Heard(false, At(t), Settings.LinkTimeout);
        Assert.Equal(LinkChoice.Second, health.Decide(At(8), Settings).Choice);
        for (var t = 8.0; t < 10; t += 0.5)
            health = health.Heard(true, At(t), Settings.LinkTimeout);
        Assert.Equal(LinkChoice.First, health.Decide(At(9.5), Settings).Choice);
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
