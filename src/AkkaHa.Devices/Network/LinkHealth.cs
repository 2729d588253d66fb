namespace AkkaHa.Devices.Network;

/// <summary>
/// What is known of the two links to one node, and which of them its traffic takes. The second only while it answers and the first does
/// not; with neither, all stays as it is.
/// </summary>
/// <param name="Since">When the watching began: before the first timeout nothing is known.</param>
/// <param name="Choice">The way that is taken.</param>
public sealed record LinkHealth(TimeSpan Since, LinkChoice Choice)
{
    /// <summary>When the first link answered last; null if never.</summary>
    public TimeSpan? FirstHeard { get; private init; }

    /// <summary>When the second link answered last; null if never.</summary>
    public TimeSpan? SecondHeard { get; private init; }

    /// <summary>Since when the first link has answered without a break.</summary>
    public TimeSpan? FirstUpSince { get; private init; }

    /// <summary>A round trip over a link was completed.</summary>
    public LinkHealth Heard(bool isFirst, TimeSpan now, TimeSpan linkTimeout) => isFirst
        ? this with { FirstHeard = now, FirstUpSince = IsUp(FirstHeard, now, linkTimeout) ? FirstUpSince : now }
        : this with { SecondHeard = now };

    /// <summary>The way to take now.</summary>
    public LinkHealth Decide(TimeSpan now, LinkSettings settings)
    {
        var isFirstUp = IsUp(FirstHeard, now, settings.LinkTimeout);
        var isSecondUp = IsUp(SecondHeard, now, settings.LinkTimeout);
        var choice = Choice switch
        {
            LinkChoice.First when !isFirstUp && isSecondUp && now - Since >= settings.LinkTimeout => LinkChoice.Second,
            LinkChoice.Second when isFirstUp && (!isSecondUp || now - FirstUpSince >= settings.StableFor) => LinkChoice.First,
            _ => Choice,
        };
        return this with { Choice = choice };
    }

    /// <summary>Which links answer.</summary>
    public (bool First, bool Second) Up(TimeSpan now, TimeSpan linkTimeout) => (IsUp(FirstHeard, now, linkTimeout), IsUp(SecondHeard, now, linkTimeout));

    private static bool IsUp(TimeSpan? heard, TimeSpan now, TimeSpan linkTimeout) => heard is { } at && now - at < linkTimeout;
}
