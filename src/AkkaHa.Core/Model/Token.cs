namespace AkkaHa.Core.Model;

/// <summary>
/// What a command to an LRM carries: the epoch and the log index of the entry that ordered it. An LRM refuses a token that is not above
/// the highest one it knows for the resource, so a late command of an older decision changes nothing.
/// </summary>
public readonly record struct Token(Epoch Epoch, long Index) : IComparable<Token>
{
    /// <summary>Below every token that a command can carry.</summary>
    public static Token None => default;

    /// <inheritdoc />
    public int CompareTo(Token other)
    {
        var byEpoch = Epoch.CompareTo(other.Epoch);
        return byEpoch != 0 ? byEpoch : Index.CompareTo(other.Index);
    }

    /// <summary>Whether the left one is older.</summary>
    public static bool operator <(Token left, Token right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one is newer.</summary>
    public static bool operator >(Token left, Token right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one is older or the same.</summary>
    public static bool operator <=(Token left, Token right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one is newer or the same.</summary>
    public static bool operator >=(Token left, Token right) => left.CompareTo(right) >= 0;

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Epoch}:{Index}");
}
