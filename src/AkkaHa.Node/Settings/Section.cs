using System.Collections.Immutable;
using Hocon;

namespace AkkaHa.Node.Settings;

/// <summary>One object of a configuration, read strictly: every error names the file, the key and what was expected.</summary>
internal sealed class Section(Config config, string path, string source)
{
    public string Text(string key)
    {
        var value = Read(key, "a text", c => c.GetString(key));
        return string.IsNullOrEmpty(value) ? throw Wrong(key, "must not be empty") : value;
    }

    /// <summary>A text; null where it is empty.</summary>
    public string? TextOrNone(string key) => Read(key, "a text", c => c.GetString(key)) is { Length: > 0 } text ? text : null;

    public string Choice(string key, params string[] choices)
    {
        var value = Text(key);
        return choices.Contains(value) ? value : throw Wrong(key, $"is '{value}'; expected {string.Join(" or ", choices)}");
    }

    public bool Flag(string key) => Read(key, "on or off", c => c.GetBoolean(key));

    public int Number(string key, int min, int max)
    {
        var value = Read(key, "a whole number", c => c.GetInt(key));
        return value >= min && value <= max
            ? value
            : throw Wrong(key, FormattableString.Invariant($"is {value}; expected a whole number from {min} to {max}"));
    }

    public double Factor(string key, double min, double max)
    {
        var value = Read(key, "a number", c => c.GetDouble(key));
        return value >= min && value <= max
            ? value
            : throw Wrong(key, FormattableString.Invariant($"is {value}; expected a number from {min} to {max}"));
    }

    public TimeSpan Duration(string key, TimeSpan min, TimeSpan max)
    {
        var value = Read(key, "a duration such as 500ms or 2s", c => c.GetTimeSpan(key, null, false));
        return value >= min && value <= max ? value : throw Wrong(key, $"is {value}; expected a duration from {min} to {max}");
    }

    public long Bytes(string key)
    {
        var value = Read(key, "a size such as 512MiB or 4GiB", c => c.GetByteSize(key));
        return value is > 0 ? value.Value : throw Wrong(key, "must be more than nothing");
    }

    public bool Has(string key) => config.HasPath(key);

    public Section Child(string key) => new(Read(key, "an object", c => c.GetConfig(key)), Full(key), source);

    public ImmutableList<(string Key, Section Value)> Children(string key)
    {
        var child = Read(key, "an object", c => c.GetConfig(key));
        if (child is null || child.IsEmpty)
            return [];
        return [.. child.AsEnumerable().Select(f => (f.Key, new Section(child.GetConfig(f.Key), $"{Full(key)}.{f.Key}", source)))];
    }

    public ImmutableList<(string Key, HoconValue Value)> Values(string key)
    {
        var child = Read(key, "an object", c => c.GetConfig(key));
        return child is null || child.IsEmpty ? [] : [.. child.AsEnumerable().Select(f => (f.Key, f.Value.Value))];
    }

    public ImmutableList<string> Texts(string key) => [.. Read(key, "a list of texts", c => c.GetStringList(key))];

    /// <summary>An object whose values are texts.</summary>
    public ImmutableSortedDictionary<string, string> TextsByKey(string key)
    {
        var child = Read(key, "an object of texts", c => c.GetConfig(key));
        if (child is null || child.IsEmpty)
            return ImmutableSortedDictionary<string, string>.Empty;
        return Read(key, "an object of texts", _ => child.AsEnumerable()
            .ToImmutableSortedDictionary(f => f.Key, f => f.Value.GetString() ?? "", StringComparer.Ordinal));
    }

    public SettingsException Wrong(string key, string what) => new($"{source}: {Full(key)} {what}.");

    private string Full(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private T Read<T>(string key, string expected, Func<Config, T> read)
    {
        if (!config.HasPath(key))
            throw Wrong(key, $"is missing; expected {expected}");
        try
        {
            return read(config);
        }
        catch (Exception e) when (e is not SettingsException)
        {
            throw new SettingsException($"{source}: {Full(key)} is wrong; expected {expected}. {e.Message}", e);
        }
    }
}
