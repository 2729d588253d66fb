using Hocon.Tree;

namespace Akka.Configuration.Hocon;

/// <summary>The value of a field or the item of a list: nothing, one literal, one list, or objects that count as one merged object.</summary>
public class HoconValue : IMightBeAHoconObject
{
    private Node? _node;
    private List<IHoconElement>? _values;

    /// <summary>A value without content.</summary>
    public HoconValue()
        : this([])
    {
    }

    /// <summary>A value of parts.</summary>
    public HoconValue(List<IHoconElement> values, bool adoptedFromFallback = true) => _values = values;

    private HoconValue(Node node) => _node = node;

    /// <summary>Whether there is nothing in this value: no part, or an object without fields.</summary>
    public bool IsEmpty => _node is { } node ? node is ObjectNode { Fields.Count: 0 } : Values.Count == 0 || (GetObject() is { } obj && obj.Items.Count == 0);

    /// <summary>The parts of this value.</summary>
    public List<IHoconElement> Values
    {
        get
        {
            // Whoever sees the parts may change them, so from here on they are what counts.
            _values ??= [ElementOf(_node!)];
            _node = null;
            return _values;
        }
    }

    /// <summary>Adds a part.</summary>
    public void AppendValue(IHoconElement value) => Values.Add(value);

    /// <summary>Takes all parts away.</summary>
    public void Clear() => Values.Clear();

    /// <summary>Replaces all parts by one.</summary>
    public void NewValue(IHoconElement value)
    {
        Clear();
        AppendValue(value);
    }

    /// <summary>A configuration with this value as the only field.</summary>
    public Config AtKey(string key)
    {
        var obj = new HoconObject();
        obj.Items[key] = this;
        return new Config(new HoconRoot(new HoconValue([obj])));
    }

    /// <summary>This value as a configuration.</summary>
    public Config ToConfig() => new(new HoconRoot(this));

    /// <summary>A field of this value; null if it is no object or has no such field.</summary>
    public HoconValue? GetChildObject(string key) => GetObject()?.GetKey(key);

    /// <inheritdoc/>
    public bool IsObject() => _node is { } node ? node is ObjectNode : Values.Exists(v => v is HoconObject);

    /// <summary>Whether this is a list.</summary>
    public bool IsArray() => _node is { } node ? node is ArrayNode : Values.Exists(v => v.IsArray());

    /// <summary>Whether this is a text.</summary>
    public bool IsString() => _node is { } node ? node is ScalarNode : Values.Count > 0 && Values.TrueForAll(v => v.IsString());

    /// <summary>The object; null if this is none.</summary>
    public HoconObject? GetObject()
    {
        var objects = Values.OfType<HoconObject>().ToList();
        if (objects.Count < 2)
            return objects.FirstOrDefault();
        var merged = HoconObject.Of(ObjectNode.Empty);
        objects.ForEach(merged.Merge);
        return merged;
    }

    /// <summary>The text; null for null and for what is no text.</summary>
    public string? GetString() => (ToNode() as ScalarNode)?.Text;

    /// <summary>The items of the list; none if this is no list.</summary>
    public IList<HoconValue> GetArray() =>
        _node is null && Values.Find(v => v.IsArray()) is { } array ? array.GetArray() : Reading.Items(ToNode()).Select(Of).ToList();

    /// <inheritdoc/>
    public override string ToString() => ToNode() is { } node ? Printer.Print(node, 2) : "";

    internal static HoconValue Of(Node node) => new(node);

    /// <summary>The content as an immutable value; null if there is none.</summary>
    internal Node? ToNode()
    {
        if (_node is not null)
            return _node;
        if (GetObject() is { } obj)
            return obj.ToNode();
        return Values switch
        {
            [] => null,
            [HoconLiteral literal] => literal.ToNode(),
            _ when IsArray() => new ArrayNode(default, Values.SelectMany(v => v.GetArray()).Select(v => v.ToNode()).OfType<Node>().ToList()),
            _ => new ScalarNode(default, string.Concat(Values.Select(v => v.GetString())), isQuoted: true),
        };
    }

    private static IHoconElement ElementOf(Node node)
    {
        switch (node)
        {
            case ObjectNode obj:
                return HoconObject.Of(obj);
            case ArrayNode array:
                var items = new HoconArray();
                items.AddRange(array.Items.Select(Of));
                return items;
            default:
                return HoconLiteral.Of((ScalarNode)node);
        }
    }
}
