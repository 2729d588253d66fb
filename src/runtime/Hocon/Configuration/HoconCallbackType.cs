namespace Hocon;

/// <summary>What the name in an include statement names.</summary>
public enum HoconCallbackType
{
    /// <summary><c>include "name"</c> or <c>include file("name")</c>.</summary>
    File = 0,

    /// <summary><c>include url("name")</c>.</summary>
    Url = 1,

    /// <summary><c>include classpath("name")</c>.</summary>
    Resource = 2,
}

/// <summary>Gives the text that an include statement asks for. Null or an empty text means that there is none.</summary>
/// <param name="callbackType">What <paramref name="value"/> names.</param>
/// <param name="value">The name in the include statement.</param>
public delegate Task<string> HoconIncludeCallbackAsync(HoconCallbackType callbackType, string value);
