namespace Hocon;

// The published package says nothing about null, so callers compile the same way against both.
#nullable disable annotations

// Getters of lists. Without a value and without a default, and for items of the wrong type, they throw a HoconValueException.
public partial class HoconRoot
{
    /// <summary>The list of texts at the path.</summary>
    public virtual IList<string> GetStringList(string path) => Read(path, v => v.GetStringList());

    /// <summary>The list of texts at the path, or the default without a value.</summary>
    public virtual IList<string> GetStringList(string path, IList<string> @default) => Read(path, v => v.GetStringList(), @default);

    /// <summary>The list of texts at the path.</summary>
    public virtual IList<string> GetStringList(HoconPath path) => Read(path, v => v.GetStringList());

    /// <summary>The list of texts at the path, or the default without a value.</summary>
    public virtual IList<string> GetStringList(HoconPath path, IList<string> @default) => Read(path, v => v.GetStringList(), @default);

    /// <summary>The list of booleans at the path.</summary>
    public virtual IList<bool> GetBooleanList(string path) => Read(path, v => v.GetBooleanList());

    /// <summary>The list of booleans at the path, or the default without a value.</summary>
    public virtual IList<bool> GetBooleanList(string path, IList<bool> @default) => Read(path, v => v.GetBooleanList(), @default);

    /// <summary>The list of booleans at the path.</summary>
    public virtual IList<bool> GetBooleanList(HoconPath path) => Read(path, v => v.GetBooleanList());

    /// <summary>The list of booleans at the path, or the default without a value.</summary>
    public virtual IList<bool> GetBooleanList(HoconPath path, IList<bool> @default) => Read(path, v => v.GetBooleanList(), @default);

    /// <summary>The list of whole numbers from 0 to 255 at the path.</summary>
    public virtual IList<byte> GetByteList(string path) => Read(path, v => v.GetByteList());

    /// <summary>The list of whole numbers from 0 to 255 at the path, or the default without a value.</summary>
    public virtual IList<byte> GetByteList(string path, IList<byte> @default) => Read(path, v => v.GetByteList(), @default);

    /// <summary>The list of whole numbers from 0 to 255 at the path.</summary>
    public virtual IList<byte> GetByteList(HoconPath path) => Read(path, v => v.GetByteList());

    /// <summary>The list of whole numbers from 0 to 255 at the path, or the default without a value.</summary>
    public virtual IList<byte> GetByteList(HoconPath path, IList<byte> @default) => Read(path, v => v.GetByteList(), @default);

    /// <summary>The list of whole numbers at the path.</summary>
    public virtual IList<int> GetIntList(string path) => Read(path, v => v.GetIntList());

    /// <summary>The list of whole numbers at the path, or the default without a value.</summary>
    public virtual IList<int> GetIntList(string path, IList<int> @default) => Read(path, v => v.GetIntList(), @default);

    /// <summary>The list of whole numbers at the path.</summary>
    public virtual IList<int> GetIntList(HoconPath path) => Read(path, v => v.GetIntList());

    /// <summary>The list of whole numbers at the path, or the default without a value.</summary>
    public virtual IList<int> GetIntList(HoconPath path, IList<int> @default) => Read(path, v => v.GetIntList(), @default);

    /// <summary>The list of whole numbers at the path.</summary>
    public virtual IList<long> GetLongList(string path) => Read(path, v => v.GetLongList());

    /// <summary>The list of whole numbers at the path, or the default without a value.</summary>
    public virtual IList<long> GetLongList(string path, IList<long> @default) => Read(path, v => v.GetLongList(), @default);

    /// <summary>The list of whole numbers at the path.</summary>
    public virtual IList<long> GetLongList(HoconPath path) => Read(path, v => v.GetLongList());

    /// <summary>The list of whole numbers at the path, or the default without a value.</summary>
    public virtual IList<long> GetLongList(HoconPath path, IList<long> @default) => Read(path, v => v.GetLongList(), @default);

    /// <summary>The list of numbers at the path.</summary>
    public virtual IList<float> GetFloatList(string path) => Read(path, v => v.GetFloatList());

    /// <summary>The list of numbers at the path, or the default without a value.</summary>
    public virtual IList<float> GetFloatList(string path, IList<float> @default) => Read(path, v => v.GetFloatList(), @default);

    /// <summary>The list of numbers at the path.</summary>
    public virtual IList<float> GetFloatList(HoconPath path) => Read(path, v => v.GetFloatList());

    /// <summary>The list of numbers at the path, or the default without a value.</summary>
    public virtual IList<float> GetFloatList(HoconPath path, IList<float> @default) => Read(path, v => v.GetFloatList(), @default);

    /// <summary>The list of numbers at the path.</summary>
    public virtual IList<double> GetDoubleList(string path) => Read(path, v => v.GetDoubleList());

    /// <summary>The list of numbers at the path, or the default without a value.</summary>
    public virtual IList<double> GetDoubleList(string path, IList<double> @default) => Read(path, v => v.GetDoubleList(), @default);

    /// <summary>The list of numbers at the path.</summary>
    public virtual IList<double> GetDoubleList(HoconPath path) => Read(path, v => v.GetDoubleList());

    /// <summary>The list of numbers at the path, or the default without a value.</summary>
    public virtual IList<double> GetDoubleList(HoconPath path, IList<double> @default) => Read(path, v => v.GetDoubleList(), @default);

    /// <summary>The list of numbers at the path.</summary>
    public virtual IList<decimal> GetDecimalList(string path) => Read(path, v => v.GetDecimalList());

    /// <summary>The list of numbers at the path, or the default without a value.</summary>
    public virtual IList<decimal> GetDecimalList(string path, IList<decimal> @default) => Read(path, v => v.GetDecimalList(), @default);

    /// <summary>The list of numbers at the path.</summary>
    public virtual IList<decimal> GetDecimalList(HoconPath path) => Read(path, v => v.GetDecimalList());

    /// <summary>The list of numbers at the path, or the default without a value.</summary>
    public virtual IList<decimal> GetDecimalList(HoconPath path, IList<decimal> @default) => Read(path, v => v.GetDecimalList(), @default);

    /// <summary>The list of objects at the path.</summary>
    public virtual IList<HoconObject> GetObjectList(string path) => Read(path, v => v.GetObjectList());

    /// <summary>The list of objects at the path, or the default without a value.</summary>
    public virtual IList<HoconObject> GetObjectList(string path, IList<HoconObject> @default) => Read(path, v => v.GetObjectList(), @default);

    /// <summary>The list of objects at the path.</summary>
    public virtual IList<HoconObject> GetObjectList(HoconPath path) => Read(path, v => v.GetObjectList());

    /// <summary>The list of objects at the path, or the default without a value.</summary>
    public virtual IList<HoconObject> GetObjectList(HoconPath path, IList<HoconObject> @default = null) => Read(path, v => v.GetObjectList(), @default);
}
