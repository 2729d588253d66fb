using Hocon.Tree;

namespace Hocon;

// The published package says nothing about null, so callers compile the same way against both.
#nullable disable annotations

/// <summary>A configuration, with further ones to fall back on for what it lacks. Objects of all of them are merged field by field.</summary>
public class Config : HoconRoot, IEquatable<Config>
{
    private readonly Lazy<HoconValue> _merged;

    /// <summary>A configuration without values.</summary>
    protected Config()
        : this(new HoconValue(null))
    {
    }

    /// <summary>A configuration of a value.</summary>
    protected Config(HoconValue value)
        : this(value, null)
    {
    }

    /// <summary>A configuration of a value over a fallback.</summary>
    protected Config(HoconValue value, Config fallback)
        : base(value)
    {
        _fallbacks = fallback is null ? [] : [fallback.Value, .. fallback._fallbacks];
        _merged = new Lazy<HoconValue>(Merge);
    }

    /// <summary>A configuration of a document.</summary>
    public Config(HoconRoot root)
        : this(root, null)
    {
    }

    /// <summary>A configuration of a document over a fallback.</summary>
    public Config(HoconRoot root, Config fallback)
        : this(root.Value, root is Config { _fallbacks.Count: > 0 } layered ? new Config(layered._fallbacks, fallback) : fallback)
    {
    }

    private Config(List<HoconValue> layers, Config fallback)
        : this(layers[0], layers.Count > 1 ? new Config(layers.GetRange(1, layers.Count - 1), fallback) : fallback)
    {
    }

    /// <summary>The configuration without values.</summary>
    public static Config Empty => new();

    /// <summary>The values to fall back on, the first of them first.</summary>
    protected List<HoconValue> _fallbacks { get; }

    /// <summary>The values to fall back on, the first of them first.</summary>
    public virtual IReadOnlyList<HoconValue> Fallbacks => _fallbacks;

    /// <summary>Whether there are no values, neither here nor in the fallbacks.</summary>
    public virtual bool IsEmpty => Root.ToNode() is null or ObjectNode { Fields.Count: 0 };

    /// <summary>All values, those of the fallbacks included.</summary>
    public HoconValue Root => _merged.Value;

    internal override HoconValue Effective => Root;

    /// <summary>The values below the path; null if there are none.</summary>
    public virtual Config GetConfig(string path) => GetConfig(HoconPath.Parse(path));

    /// <summary>The values below the path; null if there are none.</summary>
    public virtual Config GetConfig(HoconPath path) => TryGetNode(path, out var value) ? new Config(value) : null;

    /// <summary>This configuration, with another one for what it lacks.</summary>
    /// <exception cref="ArgumentException">The fallback is this configuration.</exception>
    public virtual Config WithFallback(Config fallback)
    {
        if (ReferenceEquals(fallback, this))
            throw new ArgumentException("A configuration cannot be its own fallback.", nameof(fallback));
        return fallback.IsNullOrEmpty() ? this : IsEmpty ? fallback : new Config(this, fallback);
    }

    /// <inheritdoc/>
    public bool Equals(Config other) => base.Equals(other);

    /// <inheritdoc/>
    public override bool Equals(object obj) => base.Equals(obj);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <summary>A configuration over a text to fall back on.</summary>
    public static Config operator +(Config config, string fallback) => config.WithFallback(HoconConfigurationFactory.ParseString(fallback));

    /// <summary>A text over a configuration to fall back on.</summary>
    public static Config operator +(string configHocon, Config fallbackConfig) =>
        HoconConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    /// <summary>The configuration that a text holds.</summary>
    public static implicit operator Config(string str) => HoconConfigurationFactory.ParseString(str);

    private HoconValue Merge()
    {
        Node merged = null;
        foreach (var layer in Enumerable.Reverse<HoconValue>([Value, .. _fallbacks]))
        {
            if (layer.ToNode() is { } node)
                merged = merged is null ? node : node.Over(merged);
        }

        return HoconValue.Of(merged ?? ObjectNode.Empty, null);
    }
}
