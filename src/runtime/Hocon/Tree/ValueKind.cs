using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Hocon.Tree;

internal delegate bool TryConvert<T>(string text, [MaybeNullWhen(false)] out T value);

/// <summary>A type that a text can be read as, and the words for it in an error.</summary>
internal sealed record ValueKind<T>(string Expected, TryConvert<T> Convert)
{
    public bool TryRead(Node? node, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        return node is ScalarNode { Text: { } text } && Convert(text, out value);
    }
}

/// <summary>The types that getters read.</summary>
internal static class ValueKinds
{
    private const string DurationExamples = "a duration such as 10s, 500ms or 2 minutes (a number without unit counts milliseconds)";

    private static readonly ValueKind<TimeSpan> FiniteDuration =
        new(DurationExamples, (string text, out TimeSpan value) => Conversions.TryDuration(text, allowInfinite: false, out value));

    private static readonly ValueKind<TimeSpan> AnyDuration =
        new($"{DurationExamples} or infinite", (string text, out TimeSpan value) => Conversions.TryDuration(text, allowInfinite: true, out value));

    public static ValueKind<string> Text { get; } = new("a text", (string text, [MaybeNullWhen(false)] out string value) => (value = text) is not null);

    public static ValueKind<bool> Boolean { get; } = new("a boolean (true, on, yes, false, off or no)", Conversions.TryBoolean);

    public static ValueKind<byte> Byte { get; } = Whole(byte.MinValue, byte.MaxValue, v => (byte)v);

    public static ValueKind<int> Int { get; } = Whole(int.MinValue, int.MaxValue, v => (int)v);

    public static ValueKind<long> Long { get; } = Whole(long.MinValue, long.MaxValue, v => v);

    public static ValueKind<float> Float { get; } = new("a number", TryFloat);

    public static ValueKind<double> Double { get; } = new("a number", Conversions.TryDouble);

    public static ValueKind<decimal> Decimal { get; } = new("a number", Conversions.TryDecimal);

    public static ValueKind<long?> ByteSize { get; } = new("a size such as 512, 128kB or 4MiB", TryByteSize);

    public static ValueKind<TimeSpan> Duration(bool allowInfinite) => allowInfinite ? AnyDuration : FiniteDuration;

    private static ValueKind<T> Whole<T>(long least, long most, Func<long, T> convert) => new(
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
        (string text, [MaybeNullWhen(false)] out T value) =>
        {
            var fits = Conversions.TryLong(text, out var number) && number >= least && number <= most;
            value = fits ? convert(number) : default;
            return fits;
        });

    private static bool TryFloat(string text, out float value)
    {
        var read = Conversions.TryDouble(text, out var number);
        value = (float)number;
        return read;
    }

    private static bool TryByteSize(string text, out long? value)
    {
        var read = Conversions.TryByteSize(text, out var size);
        value = read ? size : null;
        return read;
    }
}
