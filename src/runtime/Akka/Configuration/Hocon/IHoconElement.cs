namespace Akka.Configuration.Hocon;

/// <summary>A part of a value: a literal, a list or an object.</summary>
public interface IHoconElement
{
    /// <summary>The items, if this is a list.</summary>
    IList<HoconValue> GetArray();

    /// <summary>The text, if this is a literal; null for the literal null.</summary>
    string? GetString();

    /// <summary>Whether this is a list.</summary>
    bool IsArray();

    /// <summary>Whether this is a literal.</summary>
    bool IsString();
}

/// <summary>Something that may turn out to be an object.</summary>
public interface IMightBeAHoconObject
{
    /// <summary>The object.</summary>
    HoconObject? GetObject();

    /// <summary>Whether this is an object.</summary>
    bool IsObject();
}
