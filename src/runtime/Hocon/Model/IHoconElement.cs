namespace Hocon;

/// <summary>A part of a configuration: a value, a literal, a list, an object or a field. Elements are equal if their contents are.</summary>
public interface IHoconElement : IEquatable<IHoconElement>
{
    /// <summary>The element that this one is a part of; null for the root.</summary>
    IHoconElement? Parent { get; }

    /// <summary>What this is.</summary>
    HoconType Type { get; }

    /// <summary>This as HOCON.</summary>
    string Raw { get; }

    /// <summary>A copy with another parent.</summary>
    IHoconElement Clone(IHoconElement? newParent);

    /// <summary>The items of this list.</summary>
    /// <exception cref="HoconException">This is no list, and no object with whole numbers as keys.</exception>
    IList<HoconValue> GetArray();

    /// <summary>This as an object.</summary>
    /// <exception cref="HoconException">This is no object.</exception>
    HoconObject GetObject();

    /// <summary>The text of this literal; null for null.</summary>
    /// <exception cref="HoconException">This is no literal.</exception>
    string? GetString();
}
