namespace Hocon;

/// <summary>What a value is.</summary>
public enum HoconType
{
    /// <summary>Nothing, or null.</summary>
    Empty = 0,

    /// <summary>A list of values.</summary>
    Array = 1,

    /// <summary>Fields with values.</summary>
    Object = 2,

    /// <summary>A number without quotes.</summary>
    Number = 3,

    /// <summary>A boolean without quotes.</summary>
    Boolean = 4,

    /// <summary>Any other text.</summary>
    String = 5,
}
