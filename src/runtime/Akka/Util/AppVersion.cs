using System.Globalization;

namespace Akka.Util;

/// <summary>
/// The version of an application, for telling old nodes from new during a rolling upgrade: one to three numbers, and a qualifier.
/// Numbers go first; then one with a qualifier after "-" (a milestone) is before, one after "+" (a later build) behind the plain one. What is no
/// version is before all that are, in the order of its text.
/// </summary>
public class AppVersion : IComparable<AppVersion>, IEquatable<AppVersion>
{
    /// <summary>The version of an application that says nothing about it.</summary>
    public static readonly AppVersion Zero = new("0.0.0");

    private const int NumberCount = 3;
    private readonly long[]? _numbers;
    private readonly char _mark;
    private readonly string _qualifier;

    private AppVersion(string version)
    {
        Version = version;
        var end = version.IndexOfAny(['-', '+']);
        var core = end < 0 ? version : version[..end];
        _mark = end < 0 ? ' ' : version[end];
        _qualifier = end < 0 ? "" : version[(end + 1)..];
        var parts = core.Split('.');
        var numbers = new long[Math.Max(NumberCount, parts.Length)];
        for (var i = 0; i < parts.Length; i++)
            if (!long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])) return;
        _numbers = numbers;
    }

    /// <summary>The version as it was written.</summary>
    public string Version { get; }

    /// <summary>Reads a version.</summary>
    /// <param name="version">The version, such as "1.2.3", "1.2-RC1" or "2.0+17".</param>
    public static AppVersion Create(string version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return new AppVersion(version.Trim());
    }

    /// <inheritdoc/>
    public int CompareTo(AppVersion? other)
    {
        if (other is null) return 1;
        if (_numbers is null || other._numbers is null)
        {
            return (_numbers, other._numbers) switch
            {
                (null, not null) => -1,
                (not null, null) => 1,
                _ => string.CompareOrdinal(Version, other.Version),
            };
        }

        for (var i = 0; i < Math.Max(_numbers.Length, other._numbers.Length); i++)
        {
            var result = (i < _numbers.Length ? _numbers[i] : 0).CompareTo(i < other._numbers.Length ? other._numbers[i] : 0);
            if (result != 0) return result;
        }

        var byMark = Place(_mark).CompareTo(Place(other._mark));
        return byMark != 0 ? byMark : string.CompareOrdinal(_qualifier, other._qualifier);
    }

    /// <inheritdoc/>
    public bool Equals(AppVersion? other) => other is not null && CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AppVersion);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_numbers is null) return StringComparer.Ordinal.GetHashCode(Version);
        var hash = new HashCode();

        // Trailing zeros say nothing: 1.2 and 1.2.0 are the same version.
        var last = Array.FindLastIndex(_numbers, n => n != 0);
        for (var i = 0; i <= last; i++) hash.Add(_numbers[i]);
        hash.Add(_mark);
        hash.Add(_qualifier, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => Version;

    /// <summary>Whether both are the same version.</summary>
    public static bool operator ==(AppVersion? first, AppVersion? second) => first is null ? second is null : first.Equals(second);

    /// <summary>Whether the two are different versions.</summary>
    public static bool operator !=(AppVersion? first, AppVersion? second) => !(first == second);

    private static int Place(char mark) => mark switch
    {
        '-' => 0,
        '+' => 2,
        _ => 1,
    };
}
