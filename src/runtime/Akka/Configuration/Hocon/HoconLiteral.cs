using Hocon.Tree;

namespace Akka.Configuration.Hocon;

/// <summary>A word or text, with or without quotes.</summary>
public class HoconLiteral : IHoconElement
{
    private ScalarNode? _read;

    /// <summary>The text; null for the literal null.</summary>
    public string? Value { get; set; }

    /// <inheritdoc/>
    public IList<HoconValue> GetArray() => throw new ConfigurationException($"{this} is a text, not a list.");

    /// <inheritdoc/>
    public string? GetString() => Value;

    /// <inheritdoc/>
    public bool IsArray() => false;

    /// <inheritdoc/>
    public bool IsString() => true;

    /// <inheritdoc/>
    public override string ToString() => ToNode().ToString();

    internal static HoconLiteral Of(ScalarNode node) => new() { Value = node.Text, _read = node };

    // Quotes and position are those of the text as long as nobody has set another value.
    internal ScalarNode ToNode() =>
        _read is not null && _read.Text == Value ? _read : new ScalarNode(default, Value, isQuoted: Value is not null);
}
