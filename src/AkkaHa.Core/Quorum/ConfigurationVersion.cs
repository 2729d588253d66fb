namespace AkkaHa.Core.Quorum;

/// <summary>How new a configuration is: first by generation, then by the index of the log entry that set it.</summary>
/// <param name="Generation">The operator's generation; 0 for no configuration at all.</param>
/// <param name="Index">The log index; -1 for no configuration at all.</param>
public readonly record struct ConfigurationVersion(long Generation, long Index) : IComparable<ConfigurationVersion>
{
    /// <summary>What a node knows that has never seen a configuration.</summary>
    public static ConfigurationVersion None { get; } = new(0, -1);

    /// <inheritdoc />
    public int CompareTo(ConfigurationVersion other)
    {
        var byGeneration = Generation.CompareTo(other.Generation);
        return byGeneration != 0 ? byGeneration : Index.CompareTo(other.Index);
    }

    /// <summary>Whether the left one is older.</summary>
    public static bool operator <(ConfigurationVersion left, ConfigurationVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one is newer.</summary>
    public static bool operator >(ConfigurationVersion left, ConfigurationVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one is older or the same.</summary>
    public static bool operator <=(ConfigurationVersion left, ConfigurationVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one is newer or the same.</summary>
    public static bool operator >=(ConfigurationVersion left, ConfigurationVersion right) => left.CompareTo(right) >= 0;

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"g{Generation}/{Index}");
}
