using Hocon.Tree;

namespace Hocon;

// The published package says nothing about null, so callers compile the same way against both.
#nullable disable annotations

/// <summary>A whole document. Null at a path counts as no value.</summary>
public partial class HoconRoot : IEquatable<HoconRoot>
{
    /// <summary>The value of the document.</summary>
    protected HoconValue _internalValue;

    /// <summary>A document without values.</summary>
    protected HoconRoot()
        : this(new HoconValue(null))
    {
    }

    /// <summary>A document of a value.</summary>
    public HoconRoot(HoconValue value) => _internalValue = value;

    /// <summary>The value of the document.</summary>
    public virtual HoconValue Value
    {
        get => _internalValue;
        protected set => _internalValue = value;
    }

    /// <summary>The value that getters read and that is printed.</summary>
    internal virtual HoconValue Effective => Value;

    /// <summary>Whether there is a value other than null at the path.</summary>
    public virtual bool HasPath(string path) => HasPath(HoconPath.Parse(path));

    /// <summary>Whether there is a value other than null at the path.</summary>
    public virtual bool HasPath(HoconPath path) => TryGetNode(path, out _);

    /// <summary>The value at the path.</summary>
    /// <exception cref="HoconValueException">There is none.</exception>
    public virtual HoconValue GetValue(string path) => Read(path, v => v);

    /// <summary>The value at the path.</summary>
    /// <exception cref="HoconValueException">There is none.</exception>
    public virtual HoconValue GetValue(HoconPath path) => Read(path, v => v);

    /// <summary>The value at the path, if there is one.</summary>
    public virtual bool TryGetValue(string path, out HoconValue result) => TryGetNode(path, out result);

    /// <summary>The value at the path, if there is one.</summary>
    public virtual bool TryGetValue(HoconPath path, out HoconValue result) => TryGetNode(path, out result);

    /// <summary>The fields of the outermost level; none if the document is a list.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconField>> AsEnumerable() => Effective.TryGetObject(out var obj) ? obj : [];

    /// <summary>The document as HOCON, which can be parsed to the same values.</summary>
    public string PrettyPrint(int indentSize) => Effective.ToNode() is { } node ? Printer.Print(node, indentSize) : "";

    /// <inheritdoc/>
    public override string ToString() => PrettyPrint(2);

    /// <inheritdoc/>
    public bool Equals(HoconRoot other) => other is not null && Effective == other.Effective;

    /// <inheritdoc/>
    public override bool Equals(object obj) => Equals(obj as HoconRoot);

    /// <inheritdoc/>
    public override int GetHashCode() => Effective.GetHashCode();

    /// <summary>The value at the path.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    protected virtual HoconValue GetNode(string path) => GetNode(HoconPath.Parse(path));

    /// <summary>The value at the path.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    protected virtual HoconValue GetNode(HoconPath path) =>
        TryGetNode(path, out var value) ? value : throw new KeyNotFoundException($"The setting {path} is missing.");

    /// <summary>The value at the path, if there is one other than null.</summary>
    protected virtual bool TryGetNode(string path, out HoconValue result) => TryGetNode(HoconPath.Parse(path), out result);

    /// <summary>The value at the path, if there is one other than null.</summary>
    protected virtual bool TryGetNode(HoconPath path, out HoconValue result)
    {
        if (path.IsEmpty)
            result = Effective;
        else
            result = Effective.TryGetObject(out var root) && root.TryGetValue(path, out var value) ? value : null;
        if (result?.Type == HoconType.Empty)
            result = null;
        return result is not null;
    }

    /// <summary>Runs a getter; its error becomes one that names the path.</summary>
    protected T WrapWithValueException<T>(string path, Func<T> func)
    {
        try
        {
            return func();
        }
        catch (Exception e) when (e is HoconException or HoconParserException or KeyNotFoundException)
        {
            throw new HoconValueException($"The setting {path} cannot be used. {e.Message}", path, e);
        }
    }

    /// <summary>Runs a getter; its error becomes one that names the path.</summary>
    protected T WrapWithValueException<T>(HoconPath path, Func<T> func) => WrapWithValueException(path.Value, func);

    private T Read<T>(string path, Func<HoconValue, T> get) => WrapWithValueException(path, () => get(GetNode(path)));

    private T Read<T>(HoconPath path, Func<HoconValue, T> get) => WrapWithValueException(path, () => get(GetNode(path)));

    private T Read<T>(string path, Func<HoconValue, T> get, T @default) =>
        WrapWithValueException(path, () => TryGetNode(path, out var value) ? get(value) : @default);

    private T Read<T>(HoconPath path, Func<HoconValue, T> get, T @default) =>
        WrapWithValueException(path, () => TryGetNode(path, out var value) ? get(value) : @default);
}
