using System.Globalization;
using Hocon.Syntax;

namespace Hocon.Tree;

/// <summary>A single word or text. What type it is shows when it is read: <c>5</c> is a number to one getter and a text to another.</summary>
internal sealed class ScalarNode(SourcePosition position, string? text, bool isQuoted = false) : Node(position)
{
    /// <summary>The text, or null for the value null.</summary>
    public string? Text { get; } = !isQuoted && text == "null" ? null : text;

    /// <summary>Whether the text is certainly a text, even if it looks like a number, a boolean or null.</summary>
    public bool IsQuoted { get; } = isQuoted;

    public bool IsNull => Text is null;

    public override HoconType Type => this switch
    {
        { Text: null } => HoconType.Empty,
        { IsQuoted: true } => HoconType.String,
        { Text: "true" or "false" or "yes" or "no" or "on" or "off" } => HoconType.Boolean,
        _ when Conversions.LooksLikeNumber(Text) => HoconType.Number,
        _ => HoconType.String,
    };

    public override string ToString() => IsNull ? "null" : IsQuoted ? Quoting.Quote(Text!) : string.Create(CultureInfo.InvariantCulture, $"{Text}");
}
