namespace AkkaHa.Core.Quorum;

/// <summary>The arithmetic of majorities.</summary>
public static class Majorities
{
    /// <summary>The smallest number of votes that any two sets of which must share a voter.</summary>
    /// <param name="expectedVotes">All votes that exist, present or not; at least 1.</param>
    public static int Of(int expectedVotes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(expectedVotes, 1);
        return expectedVotes / 2 + 1;
    }
}
