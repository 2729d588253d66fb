namespace Hocon;

/// <summary>The value null.</summary>
/// <param name="parent">The value that it is a part of.</param>
public sealed class HoconNull(IHoconElement? parent) : HoconLiteral(parent, null)
{
    /// <inheritdoc/>
    public override HoconType Type => HoconType.Empty;

    /// <inheritdoc/>
    public override HoconLiteralType LiteralType => HoconLiteralType.Null;

    /// <inheritdoc/>
    public override IHoconElement Clone(IHoconElement? newParent) => new HoconNull(newParent);
}

/// <summary>A boolean.</summary>
/// <param name="parent">The value that it is a part of.</param>
/// <param name="value">Its text.</param>
public sealed class HoconBool(IHoconElement? parent, string value) : HoconLiteral(parent, value)
{
    /// <inheritdoc/>
    public override HoconType Type => HoconType.Boolean;

    /// <inheritdoc/>
    public override HoconLiteralType LiteralType => HoconLiteralType.Bool;

    /// <inheritdoc/>
    public override IHoconElement Clone(IHoconElement? newParent) => new HoconBool(newParent, Value!);
}

/// <summary>A whole number.</summary>
/// <param name="parent">The value that it is a part of.</param>
/// <param name="value">Its text.</param>
public sealed class HoconLong(IHoconElement? parent, string value) : HoconLiteral(parent, value)
{
    /// <inheritdoc/>
    public override HoconType Type => HoconType.Number;

    /// <inheritdoc/>
    public override HoconLiteralType LiteralType => HoconLiteralType.Long;

    /// <inheritdoc/>
    public override IHoconElement Clone(IHoconElement? newParent) => new HoconLong(newParent, Value!);
}

/// <summary>A hexadecimal number, such as 0xff.</summary>
/// <param name="parent">The value that it is a part of.</param>
/// <param name="value">Its text.</param>
public sealed class HoconHex(IHoconElement? parent, string value) : HoconLiteral(parent, value)
{
    /// <inheritdoc/>
    public override HoconType Type => HoconType.Number;

    /// <inheritdoc/>
    public override HoconLiteralType LiteralType => HoconLiteralType.Hex;

    /// <inheritdoc/>
    public override IHoconElement Clone(IHoconElement? newParent) => new HoconHex(newParent, Value!);
}

/// <summary>A number with a fraction or exponent.</summary>
/// <param name="parent">The value that it is a part of.</param>
/// <param name="value">Its text.</param>
public sealed class HoconDouble(IHoconElement? parent, string value) : HoconLiteral(parent, value)
{
    /// <inheritdoc/>
    public override HoconType Type => HoconType.Number;

    /// <inheritdoc/>
    public override HoconLiteralType LiteralType => HoconLiteralType.Double;

    /// <inheritdoc/>
    public override IHoconElement Clone(IHoconElement? newParent) => new HoconDouble(newParent, Value!);
}

/// <summary>A word without quotes.</summary>
/// <param name="parent">The value that it is a part of.</param>
/// <param name="value">Its text.</param>
public sealed class HoconUnquotedString(IHoconElement? parent, string value) : HoconLiteral(parent, value)
{
    /// <inheritdoc/>
    public override HoconType Type => HoconType.String;

    /// <inheritdoc/>
    public override HoconLiteralType LiteralType => HoconLiteralType.UnquotedString;

    /// <inheritdoc/>
    public override IHoconElement Clone(IHoconElement? newParent) => new HoconUnquotedString(newParent, Value!);
}

/// <summary>A text in quotes.</summary>
/// <param name="parent">The value that it is a part of.</param>
/// <param name="value">Its text.</param>
public sealed class HoconQuotedString(IHoconElement? parent, string value) : HoconLiteral(parent, value)
{
    /// <inheritdoc/>
    public override HoconType Type => HoconType.String;

    /// <inheritdoc/>
    public override HoconLiteralType LiteralType => HoconLiteralType.QuotedString;

    /// <inheritdoc/>
    public override IHoconElement Clone(IHoconElement? newParent) => new HoconQuotedString(newParent, Value!);
}
