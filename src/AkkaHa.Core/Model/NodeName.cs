namespace AkkaHa.Core.Model;

/// <summary>The name of a node as the configuration gives it: a host name label (letters, digits, '-'), compared by ordinal order.</summary>
/// <remarks>Order matters: where the design says "the lowest name", it means this order.</remarks>
public readonly record struct NodeName : IComparable<NodeName>
{
    private readonly string? _value;

    /// <summary>Wraps a checked name.</summary>
    /// <exception cref="FormatException">The text is no host name label.</exception>
    public NodeName(string value)
    {
        if (!IsValid(value))
            throw new FormatException($"'{value}' is not a node name: expected 1 to 63 letters, digits or '-', not starting or ending with '-'.");
        _value = value;
    }

    /// <summary>The name as text; empty for the default value, which names no node.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether the text can name a node.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= 63 } && text[0] != '-' && text[^1] != '-'
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    /// <inheritdoc />
    public int CompareTo(NodeName other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc />
    public override string ToString() => Value;
}
