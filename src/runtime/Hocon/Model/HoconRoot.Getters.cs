namespace Hocon;

// The published package says nothing about null, so callers compile the same way against both.
#nullable disable annotations

// Getters of single values. Without a value and without a default, and for a value of the wrong type, they throw a HoconValueException.
public partial class HoconRoot
{
    /// <summary>The text at the path.</summary>
    public virtual string GetString(string path) => Read(path, v => v.GetString());

    /// <summary>The text at the path, or the default without a value.</summary>
    public virtual string GetString(string path, string @default) => Read(path, v => v.GetString(), @default);

    /// <summary>The text at the path.</summary>
    public virtual string GetString(HoconPath path) => Read(path, v => v.GetString());

    /// <summary>The text at the path, or the default without a value.</summary>
    public virtual string GetString(HoconPath path, string @default) => Read(path, v => v.GetString(), @default);

    /// <summary>The boolean (true, on, yes, false, off, no) at the path.</summary>
    public virtual bool GetBoolean(string path) => Read(path, v => v.GetBoolean());

    /// <summary>The boolean (true, on, yes, false, off, no) at the path, or the default without a value.</summary>
    public virtual bool GetBoolean(string path, bool @default) => Read(path, v => v.GetBoolean(), @default);

    /// <summary>The boolean (true, on, yes, false, off, no) at the path.</summary>
    public virtual bool GetBoolean(HoconPath path) => Read(path, v => v.GetBoolean());

    /// <summary>The boolean (true, on, yes, false, off, no) at the path, or the default without a value.</summary>
    public virtual bool GetBoolean(HoconPath path, bool @default) => Read(path, v => v.GetBoolean(), @default);

    /// <summary>The whole number from 0 to 255 at the path.</summary>
    public virtual byte GetByte(string path) => Read(path, v => v.GetByte());

    /// <summary>The whole number from 0 to 255 at the path, or the default without a value.</summary>
    public virtual byte GetByte(string path, byte @default) => Read(path, v => v.GetByte(), @default);

    /// <summary>The whole number from 0 to 255 at the path.</summary>
    public virtual byte GetByte(HoconPath path) => Read(path, v => v.GetByte());

    /// <summary>The whole number from 0 to 255 at the path, or the default without a value.</summary>
    public virtual byte GetByte(HoconPath path, byte @default) => Read(path, v => v.GetByte(), @default);

    /// <summary>The whole number at the path.</summary>
    public virtual int GetInt(string path) => Read(path, v => v.GetInt());

    /// <summary>The whole number at the path, or the default without a value.</summary>
    public virtual int GetInt(string path, int @default) => Read(path, v => v.GetInt(), @default);

    /// <summary>The whole number at the path.</summary>
    public virtual int GetInt(HoconPath path) => Read(path, v => v.GetInt());

    /// <summary>The whole number at the path, or the default without a value.</summary>
    public virtual int GetInt(HoconPath path, int @default) => Read(path, v => v.GetInt(), @default);

    /// <summary>The whole number at the path.</summary>
    public virtual long GetLong(string path) => Read(path, v => v.GetLong());

    /// <summary>The whole number at the path, or the default without a value.</summary>
    public virtual long GetLong(string path, long @default) => Read(path, v => v.GetLong(), @default);

    /// <summary>The whole number at the path.</summary>
    public virtual long GetLong(HoconPath path) => Read(path, v => v.GetLong());

    /// <summary>The whole number at the path, or the default without a value.</summary>
    public virtual long GetLong(HoconPath path, long @default) => Read(path, v => v.GetLong(), @default);

    /// <summary>The number at the path.</summary>
    public virtual float GetFloat(string path) => Read(path, v => v.GetFloat());

    /// <summary>The number at the path, or the default without a value.</summary>
    public virtual float GetFloat(string path, float @default) => Read(path, v => v.GetFloat(), @default);

    /// <summary>The number at the path.</summary>
    public virtual float GetFloat(HoconPath path) => Read(path, v => v.GetFloat());

    /// <summary>The number at the path, or the default without a value.</summary>
    public virtual float GetFloat(HoconPath path, float @default) => Read(path, v => v.GetFloat(), @default);

    /// <summary>The number at the path.</summary>
    public virtual double GetDouble(string path) => Read(path, v => v.GetDouble());

    /// <summary>The number at the path, or the default without a value.</summary>
    public virtual double GetDouble(string path, double @default) => Read(path, v => v.GetDouble(), @default);

    /// <summary>The number at the path.</summary>
    public virtual double GetDouble(HoconPath path) => Read(path, v => v.GetDouble());

    /// <summary>The number at the path, or the default without a value.</summary>
    public virtual double GetDouble(HoconPath path, double @default) => Read(path, v => v.GetDouble(), @default);

    /// <summary>The number at the path.</summary>
    public virtual decimal GetDecimal(string path) => Read(path, v => v.GetDecimal());

    /// <summary>The number at the path, or the default without a value.</summary>
    public virtual decimal GetDecimal(string path, decimal @default) => Read(path, v => v.GetDecimal(), @default);

    /// <summary>The number at the path.</summary>
    public virtual decimal GetDecimal(HoconPath path) => Read(path, v => v.GetDecimal());

    /// <summary>The number at the path, or the default without a value.</summary>
    public virtual decimal GetDecimal(HoconPath path, decimal @default) => Read(path, v => v.GetDecimal(), @default);

    /// <summary>The number of bytes, such as 128kB or 4MiB, at the path.</summary>
    public virtual long? GetByteSize(string path) => Read(path, v => v.GetByteSize());

    /// <summary>The number of bytes, such as 128kB or 4MiB, at the path, or the default without a value.</summary>
    public virtual long? GetByteSize(string path, long? @default) => Read(path, v => v.GetByteSize(), @default);

    /// <summary>The number of bytes, such as 128kB or 4MiB, at the path.</summary>
    public virtual long? GetByteSize(HoconPath path) => Read(path, v => v.GetByteSize());

    /// <summary>The number of bytes, such as 128kB or 4MiB, at the path, or the default without a value.</summary>
    public virtual long? GetByteSize(HoconPath path, long? @default) => Read(path, v => v.GetByteSize(), @default);

    /// <summary>The duration at the path, such as 10s or 500ms; a number without unit counts milliseconds.</summary>
    public virtual TimeSpan GetTimeSpan(string path, bool allowInfinite = true) => Read(path, v => v.GetTimeSpan(allowInfinite));

    /// <summary>The duration at the path, or the default (null is zero) without a value.</summary>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default, bool allowInfinite = true) =>
        Read(path, v => v.GetTimeSpan(allowInfinite), @default.GetValueOrDefault());

    /// <summary>The object at the path.</summary>
    public virtual HoconObject GetObject(string path) => Read(path, v => v.GetObject());

    /// <summary>The object at the path, or the default without a value.</summary>
    public virtual HoconObject GetObject(string path, HoconObject @default) => Read(path, v => v.GetObject(), @default);

    /// <summary>The duration at the path, such as 10s or 500ms; a number without unit counts milliseconds.</summary>
    public virtual TimeSpan GetTimeSpan(HoconPath path, bool allowInfinite = true) => Read(path, v => v.GetTimeSpan(allowInfinite));

    /// <summary>The duration at the path, or the default (null is zero) without a value.</summary>
    public virtual TimeSpan GetTimeSpan(HoconPath path, TimeSpan? @default, bool allowInfinite = true) =>
        Read(path, v => v.GetTimeSpan(allowInfinite), @default.GetValueOrDefault());

    /// <summary>The object at the path.</summary>
    public virtual HoconObject GetObject(HoconPath path) => Read(path, v => v.GetObject());

    /// <summary>The object at the path, or the default without a value.</summary>
    public virtual HoconObject GetObject(HoconPath path, HoconObject @default = null) => Read(path, v => v.GetObject(), @default);
}
