namespace AkkaHa.Core.Model;

/// <summary>The name of a group of nodes.</summary>
public readonly record struct GroupName : IComparable<GroupName>
{
    private readonly string? _value;

    /// <summary>Wraps a checked name.</summary>
    /// <exception cref="FormatException">The text cannot name a group.</exception>
    public GroupName(string value) => _value = RuleWord.Check(value, "group");

    /// <summary>The name as text; empty for the default value, which names none.</summary>
    public string Value => _value ?? "";

    /// <inheritdoc />
    public int CompareTo(GroupName other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>The name of an affinity rule.</summary>
public readonly record struct RuleName : IComparable<RuleName>
{
    private readonly string? _value;

    /// <summary>Wraps a checked name.</summary>
    /// <exception cref="FormatException">The text cannot name a rule.</exception>
    public RuleName(string value) => _value = RuleWord.Check(value, "affinity rule");

    /// <summary>The name as text; empty for the default value, which names none.</summary>
    public string Value => _value ?? "";

    /// <inheritdoc />
    public int CompareTo(RuleName other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>What groups and rules may be called.</summary>
internal static class RuleWord
{
    private const int MaxLength = 63;

    public static string Check(string? text, string what) =>
        text is { Length: > 0 and <= MaxLength } && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? text
            : throw new FormatException($"'{text}' cannot name a {what}: expected 1 to 63 letters, digits, '-', '_' or '.', beginning with a letter or digit.");
}
