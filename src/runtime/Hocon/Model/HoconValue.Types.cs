using System.Diagnostics.CodeAnalysis;
using Hocon.Tree;

namespace Hocon;

// What a value is when it is read as a type. Every Get throws a HoconException if the value is not of its type.
public partial class HoconValue
{
    /// <summary>The boolean that this is.</summary>
    public bool GetBoolean() => As(ValueKinds.Boolean);

    /// <summary>The boolean that this is, if it is one.</summary>
    public bool TryGetBoolean(out bool result) => ValueKinds.Boolean.TryRead(ToNode(), out result);

    /// <summary>The whole number from 0 to 255 that this is.</summary>
    public byte GetByte() => As(ValueKinds.Byte);

    /// <summary>The whole number from 0 to 255 that this is, if it is one.</summary>
    public bool TryGetByte(out byte result) => ValueKinds.Byte.TryRead(ToNode(), out result);

    /// <summary>The whole number that this is.</summary>
    public int GetInt() => As(ValueKinds.Int);

    /// <summary>The whole number that this is, if it is one.</summary>
    public bool TryGetInt(out int result) => ValueKinds.Int.TryRead(ToNode(), out result);

    /// <summary>The whole number that this is.</summary>
    public long GetLong() => As(ValueKinds.Long);

    /// <summary>The whole number that this is, if it is one.</summary>
    public bool TryGetLong(out long result) => ValueKinds.Long.TryRead(ToNode(), out result);

    /// <summary>The number that this is.</summary>
    public float GetFloat() => As(ValueKinds.Float);

    /// <summary>The number that this is, if it is one.</summary>
    public bool TryGetFloat(out float result) => ValueKinds.Float.TryRead(ToNode(), out result);

    /// <summary>The number that this is.</summary>
    public double GetDouble() => As(ValueKinds.Double);

    /// <summary>The number that this is, if it is one.</summary>
    public bool TryGetDouble(out double result) => ValueKinds.Double.TryRead(ToNode(), out result);

    /// <summary>The number that this is.</summary>
    public decimal GetDecimal() => As(ValueKinds.Decimal);

    /// <summary>The number that this is, if it is one.</summary>
    public bool TryGetDecimal(out decimal result) => ValueKinds.Decimal.TryRead(ToNode(), out result);

    /// <summary>The number of bytes that this is.</summary>
    public long? GetByteSize() => As(ValueKinds.ByteSize);

    /// <summary>The number of bytes that this is, if it is one.</summary>
    public bool TryGetByteSize(out long? result) => ValueKinds.ByteSize.TryRead(ToNode(), out result);

    /// <summary>The duration that this is; a number without unit counts milliseconds.</summary>
    public TimeSpan GetTimeSpan(bool allowInfinite = true) => As(ValueKinds.Duration(allowInfinite));

    /// <summary>The duration that this is, if it is one.</summary>
    public bool TryGetTimeSpan(out TimeSpan result, bool allowInfinite = true) => ValueKinds.Duration(allowInfinite).TryRead(ToNode(), out result);

    /// <summary>The text that this is, if it is one.</summary>
    public virtual bool TryGetString([NotNullWhen(true)] out string? result) => ValueKinds.Text.TryRead(ToNode(), out result);

    /// <summary>The items of this list as texts.</summary>
    public IList<string> GetStringList() => AsListOf(ValueKinds.Text);

    /// <summary>The items of this list as texts, if they are.</summary>
    public bool TryGetStringList([NotNullWhen(true)] out IList<string>? result) => TryListOf(ValueKinds.Text, out result);

    /// <summary>The items of this list as booleans.</summary>
    public IList<bool> GetBooleanList() => AsListOf(ValueKinds.Boolean);

    /// <summary>The items of this list as booleans, if they are.</summary>
    public bool TryGetBooleanList([NotNullWhen(true)] out IList<bool>? result) => TryListOf(ValueKinds.Boolean, out result);

    /// <summary>The items of this list as whole numbers from 0 to 255.</summary>
    public IList<byte> GetByteList() => AsListOf(ValueKinds.Byte);

    /// <summary>The items of this list as whole numbers from 0 to 255, if they are.</summary>
    public bool TryGetByteList([NotNullWhen(true)] out IList<byte>? result) => TryListOf(ValueKinds.Byte, out result);

    /// <summary>The items of this list as whole numbers.</summary>
    public IList<int> GetIntList() => AsListOf(ValueKinds.Int);

    /// <summary>The items of this list as whole numbers, if they are.</summary>
    public bool TryGetIntList([NotNullWhen(true)] out IList<int>? result) => TryListOf(ValueKinds.Int, out result);

    /// <summary>The items of this list as whole numbers.</summary>
    public IList<long> GetLongList() => AsListOf(ValueKinds.Long);

    /// <summary>The items of this list as whole numbers, if they are.</summary>
    public bool TryGetLongList([NotNullWhen(true)] out IList<long>? result) => TryListOf(ValueKinds.Long, out result);

    /// <summary>The items of this list as numbers.</summary>
    public IList<float> GetFloatList() => AsListOf(ValueKinds.Float);

    /// <summary>The items of this list as numbers, if they are.</summary>
    public bool TryGetFloatList([NotNullWhen(true)] out IList<float>? result) => TryListOf(ValueKinds.Float, out result);

    /// <summary>The items of this list as numbers.</summary>
    public IList<double> GetDoubleList() => AsListOf(ValueKinds.Double);

    /// <summary>The items of this list as numbers, if they are.</summary>
    public bool TryGetDoubleList([NotNullWhen(true)] out IList<double>? result) => TryListOf(ValueKinds.Double, out result);

    /// <summary>The items of this list as numbers.</summary>
    public IList<decimal> GetDecimalList() => AsListOf(ValueKinds.Decimal);

    /// <summary>The items of this list as numbers, if they are.</summary>
    public bool TryGetDecimalList([NotNullWhen(true)] out IList<decimal>? result) => TryListOf(ValueKinds.Decimal, out result);

    /// <summary>The items of this list as objects.</summary>
    public IList<HoconObject> GetObjectList() => GetArray().Select(v => v.GetObject()).ToList();

    /// <summary>The items of this list as objects, if they are.</summary>
    public bool TryGetObjectList([NotNullWhen(true)] out IList<HoconObject>? result)
    {
        result = TryGetArray(out var items) && items.TrueForAll(i => i.Type == HoconType.Object) ? items.Select(i => i.GetObject()).ToList() : null;
        return result is not null;
    }

    private T As<T>(ValueKind<T> kind)
    {
        var node = ToNode();
        return kind.TryRead(node, out var value) ? value : throw new HoconException(Mismatch.Describe(node, kind.Expected));
    }

    private List<T> AsListOf<T>(ValueKind<T> kind) => GetArray().Select(v => v.As(kind)).ToList();

    private bool TryListOf<T>(ValueKind<T> kind, [NotNullWhen(true)] out IList<T>? result)
    {
        result = null;
        if (!TryGetArray(out var items))
            return false;
        var read = new List<T>();
        foreach (var item in items)
        {
            if (!kind.TryRead(item.ToNode(), out var value))
                return false;
            read.Add(value);
        }

        result = read;
        return true;
    }
}
