namespace Hocon;

/// <summary>How a literal is written.</summary>
public enum HoconLiteralType
{
    /// <summary>The word null.</summary>
    Null = 0,

    /// <summary>A word without quotes that is nothing else.</summary>
    UnquotedString = 2,

    /// <summary>A text in quotes, or one that was concatenated.</summary>
    QuotedString = 3,

    /// <summary>A boolean.</summary>
    Bool = 5,

    /// <summary>A whole number.</summary>
    Long = 6,

    /// <summary>A hexadecimal number.</summary>
    Hex = 7,

    /// <summary>A number with a fraction or exponent.</summary>
    Double = 9,
}
