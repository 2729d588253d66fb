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

    /// <summary>The highest value that a majority has reached: of {3, 7, 5} it is 5, since 5 and 7 are two of three.</summary>
    /// <param name="values">One per expected vote; a voter that said nothing counts with the lowest value there is.</param>
    public static long ReachedBy(ReadOnlySpan<long> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Length);
        // Called for every acknowledgement; seven is the most a configuration allows, so sorting on the stack costs no garbage.
        Span<long> sorted = values.Length <= Configuration.MaxVoters ? stackalloc long[values.Length] : new long[values.Length];
        values.CopyTo(sorted);
        sorted.Sort();
        return sorted[values.Length - Of(values.Length)];
    }
}
