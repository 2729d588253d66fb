using Akka.Configuration.Hocon;
using Hocon;
using Hocon.Syntax;
using Hocon.Tree;
using HoconRoot = Akka.Configuration.Hocon.HoconRoot;
using HoconValue = Akka.Configuration.Hocon.HoconValue;

namespace Akka.Configuration;

// The published package says nothing about null, so callers compile the same way against both.
#nullable disable annotations

/// <summary>
/// An immutable configuration: a tree of values, and further configurations to fall back on for what it lacks.
/// A getter for a path without a value (or with the value null) gives its default; a value of the wrong type is a <see cref="ConfigurationException"/>.
/// </summary>
public class Config
{
    /// <summary>The configuration without values.</summary>
    public static readonly Config Empty = new();

    private readonly Node _own;
    private readonly Lazy<Node> _merged;
    private readonly Lazy<HoconValue> _root;

    /// <summary>A configuration without values.</summary>
    public Config()
        : this(ObjectNode.Empty, null)
    {
    }

    /// <summary>The configuration that a parsed text holds.</summary>
    public Config(HoconRoot root)
        : this(root.Value.ToNode() ?? ObjectNode.Empty, null)
    {
    }

    /// <summary>A configuration over a fallback.</summary>
    public Config(Config source, Config fallback)
        : this(source.Merged, fallback)
    {
    }

    internal Config(Node own, Config fallback)
    {
        _own = own;
        Fallback = fallback;
        _merged = new Lazy<Node>(() => Fallback is null ? _own : _own.Over(Fallback.Merged));
        _root = new Lazy<HoconValue>(() => HoconValue.Of(Merged));
    }

    /// <summary>What gives the values that this configuration lacks; null if nothing does.</summary>
    public Config Fallback { get; }

    /// <summary>Whether there are no values, neither here nor in the fallback.</summary>
    public virtual bool IsEmpty => Merged is ObjectNode { Fields.Count: 0 };

    /// <summary>All values, those of the fallback included.</summary>
    public virtual HoconValue Root => _root.Value;

    private Node Merged => _merged.Value;

    /// <summary>The same values; with <paramref name="fallback"/>, over that too.</summary>
    protected Config Copy(Config fallback = null) =>
        new(_own, Fallback is null ? fallback : fallback is null ? Fallback : Fallback.Copy(fallback));

    /// <summary>This configuration, with another one for what it lacks. Objects of both are merged field by field.</summary>
    /// <exception cref="ArgumentException">The fallback is this configuration.</exception>
    public virtual Config WithFallback(Config fallback)
    {
        if (ReferenceEquals(fallback, this))
            throw new ArgumentException("A configuration cannot be its own fallback.", nameof(fallback));
        return fallback.IsNullOrEmpty() ? this : IsEmpty ? fallback : Copy(fallback);
    }

    /// <summary>Whether there is a value other than null at the path.</summary>
    public virtual bool HasPath(string path) => Find(path) is not null;

    /// <summary>The value at the path; null if there is none.</summary>
    public HoconValue GetValue(string path) => Find(path) is { } node ? HoconValue.Of(node) : null;

    /// <summary>The values below the path; null if there are none.</summary>
    public virtual Config GetConfig(string path) => Find(path) is { } node ? new Config(node, null) : null;

    /// <summary>The text at the path.</summary>
    public virtual string GetString(string path, string @default = null) => Read(path, ValueKinds.Text, @default);

    /// <summary>The boolean at the path: true, on, yes, false, off, no.</summary>
    public virtual bool GetBoolean(string path, bool @default = false) => Read(path, ValueKinds.Boolean, @default);

    /// <summary>The whole number at the path.</summary>
    public virtual int GetInt(string path, int @default = 0) => Read(path, ValueKinds.Int, @default);

    /// <summary>The whole number at the path.</summary>
    public virtual long GetLong(string path, long @default = 0) => Read(path, ValueKinds.Long, @default);

    /// <summary>The number at the path.</summary>
    public virtual float GetFloat(string path, float @default = 0) => Read(path, ValueKinds.Float, @default);

    /// <summary>The number at the path.</summary>
    public virtual double GetDouble(string path, double @default = 0) => Read(path, ValueKinds.Double, @default);

    /// <summary>The number at the path.</summary>
    public virtual decimal GetDecimal(string path, decimal @default = 0) => Read(path, ValueKinds.Decimal, @default);

    /// <summary>The size in bytes at the path, such as 128kB or 4MiB; null without a value.</summary>
    public virtual long? GetByteSize(string path) => GetByteSize(path, null);

    /// <summary>The size in bytes at the path, such as 128kB or 4MiB.</summary>
    public virtual long? GetByteSize(string path, long? def = default) => Read(path, ValueKinds.ByteSize, def);

    /// <summary>
    /// The duration at the path, such as 10s or 500ms; a number without unit counts milliseconds. <c>infinite</c> is
    /// <see cref="Timeout.InfiniteTimeSpan"/>, if <paramref name="allowInfinite"/>. Without a value and a default it is zero.
    /// </summary>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = default, bool allowInfinite = true) =>
        Read(path, ValueKinds.Duration(allowInfinite), @default.GetValueOrDefault());

    /// <summary>The list of texts at the path; empty without a value.</summary>
    public virtual IList<string> GetStringList(string path) => Reading.ListOf(Find(path), ValueKinds.Text, path);

    /// <summary>The list of texts at the path.</summary>
    public virtual IList<string> GetStringList(string path, string[] defaultPaths) => HasPath(path) ? GetStringList(path) : defaultPaths;

    /// <summary>The list of booleans at the path; empty without a value.</summary>
    public virtual IList<bool> GetBooleanList(string path) => Reading.ListOf(Find(path), ValueKinds.Boolean, path);

    /// <summary>The list of bytes at the path; empty without a value.</summary>
    public virtual IList<byte> GetByteList(string path) => Reading.ListOf(Find(path), ValueKinds.Byte, path);

    /// <summary>The list of whole numbers at the path; empty without a value.</summary>
    public virtual IList<int> GetIntList(string path) => Reading.ListOf(Find(path), ValueKinds.Int, path);

    /// <summary>The list of whole numbers at the path; empty without a value.</summary>
    public virtual IList<long> GetLongList(string path) => Reading.ListOf(Find(path), ValueKinds.Long, path);

    /// <summary>The list of numbers at the path; empty without a value.</summary>
    public virtual IList<float> GetFloatList(string path) => Reading.ListOf(Find(path), ValueKinds.Float, path);

    /// <summary>The list of numbers at the path; empty without a value.</summary>
    public virtual IList<double> GetDoubleList(string path) => Reading.ListOf(Find(path), ValueKinds.Double, path);

    /// <summary>The list of numbers at the path; empty without a value.</summary>
    public virtual IList<decimal> GetDecimalList(string path) => Reading.ListOf(Find(path), ValueKinds.Decimal, path);

    /// <summary>The fields of the outermost level.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable() =>
        Merged is ObjectNode obj ? obj.Fields.Select(f => KeyValuePair.Create(f.Key, HoconValue.Of(f.Value))) : [];

    /// <summary>All values as HOCON, those of the fallback included. The text can be parsed to the same values.</summary>
    public override string ToString() => Printer.Print(Merged, 2);

    /// <summary>A configuration over a text to fall back on.</summary>
    public static Config operator +(Config config, string fallback) => config.WithFallback(ConfigurationFactory.ParseString(fallback));

    /// <summary>A text over a configuration to fall back on.</summary>
    public static Config operator +(string configHocon, Config fallbackConfig) => ConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    /// <summary>The configuration that a text holds.</summary>
    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    private T Read<T>(string path, ValueKind<T> kind, T @default) => Find(path) is { } node ? Reading.As(node, kind, path) : @default;

    private Node Find(string path)
    {
        IReadOnlyList<string> keys;
        try
        {
            keys = PathExpression.Parse(path);
        }
        catch (HoconParserException e)
        {
            throw new ConfigurationException(e.Message, e);
        }

        var node = Merged;
        foreach (var key in keys)
        {
            if (node is not ObjectNode obj || !obj.TryGet(key, out node))
                return null;
        }

        return node is ScalarNode { IsNull: true } ? null : node;
    }
}
