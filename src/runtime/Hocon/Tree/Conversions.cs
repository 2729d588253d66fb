using System.Globalization;

namespace Hocon.Tree;

/// <summary>What a text means as a number, boolean, duration or size. Both public object models read values by these rules.</summary>
internal static class Conversions
{
    /// <summary>A bare word that is a number: decimal with or without fraction and exponent, or hexadecimal with 0x.</summary>
    public static bool LooksLikeNumber(string text) =>
        (char.IsAsciiDigit(text[0]) || (text[0] is '-' or '+' or '.' && text.Length > 1)) && (TryLong(text, out _) || TryDouble(text, out _));

    public static bool TryBoolean(string text, out bool value)
    {
        switch (text)
        {
            case "true" or "on" or "yes":
                value = true;
                return true;
            case "false" or "off" or "no":
                value = false;
                return true;
            default:
                value = false;
                return false;
        }
    }

    public static bool TryLong(string text, out long value)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
            return true;

        // 1e3 and 30.0 are whole numbers too.
        value = 0;
        if (!TryDecimal(text, out var number) || number != decimal.Truncate(number) || number is < long.MinValue or > long.MaxValue)
            return false;
        value = (long)number;
        return true;
    }

    public static bool TryDecimal(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);

    public static bool TryDouble(string text, out double value)
    {
        switch (text)
        {
            case "NaN":
                value = double.NaN;
                return true;
            case "Infinity" or "+Infinity":
                value = double.PositiveInfinity;
                return true;
            case "-Infinity":
                value = double.NegativeInfinity;
                return true;
            default:
                return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
                       && double.IsFinite(value);
        }
    }

    /// <summary>A duration, not negative. <c>infinite</c> is <see cref="Timeout.InfiniteTimeSpan"/>, where it is allowed.</summary>
    public static bool TryDuration(string text, bool allowInfinite, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        if (allowInfinite && text == "infinite")
        {
            value = Timeout.InfiniteTimeSpan;
            return true;
        }

        var (number, unit) = SplitUnit(text);
        if (!TryDecimal(number, out var amount) || amount < 0 || TicksPerUnit(unit) is not { } ticksPerUnit)
            return false;
        if (amount > TimeSpan.MaxValue.Ticks / ticksPerUnit)
            return false;
        value = TimeSpan.FromTicks((long)(amount * ticksPerUnit));
        return true;
    }

    /// <summary>A number of bytes, not negative. A unit with <c>B</c> after k, M, G counts in thousands, one with <c>i</c> or without <c>B</c> in 1024s.</summary>
    public static bool TryByteSize(string text, out long value)
    {
        value = 0;
        var (number, unit) = SplitUnit(text);
        if (!TryDecimal(number, out var amount) || amount < 0 || BytesPerUnit(unit) is not { } bytesPerUnit || amount > long.MaxValue / bytesPerUnit)
            return false;
        value = (long)(amount * bytesPerUnit);
        return true;
    }

    /// <summary>The items of a list, or of an object whose keys are whole numbers (in their order); null for anything else.</summary>
    public static IReadOnlyList<Node>? AsList(Node node)
    {
        if (node is ArrayNode array)
            return array.Items;
        if (node is not ObjectNode obj)
            return null;
        var items = new SortedDictionary<int, Node>();
        foreach (var (key, value) in obj.Fields)
        {
            if (int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                items[index] = value;
        }

        return items.Count > 0 ? [.. items.Values] : null;
    }

    private static (string Number, string Unit) SplitUnit(string text)
    {
        var trimmed = text.Trim();
        var end = trimmed.Length;
        while (end > 0 && char.IsAsciiLetter(trimmed[end - 1]))
            end--;
        return (trimmed[..end].TrimEnd(), trimmed[end..]);
    }

    private static decimal? TicksPerUnit(string unit) => unit switch
    {
        "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => 0.01m,
        "us" or "micro" or "micros" or "microsecond" or "microseconds" => TimeSpan.TicksPerMicrosecond,
        "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
        "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
        "m" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
        "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
        "d" or "day" or "days" => TimeSpan.TicksPerDay,
        _ => null,
    };

    private static long? BytesPerUnit(string unit) => unit switch
    {
        "" or "B" or "b" or "byte" or "bytes" => 1,
        "kB" or "KB" or "kb" or "kilobyte" or "kilobytes" => 1_000,
        "MB" or "mb" or "megabyte" or "megabytes" => 1_000_000,
        "GB" or "gb" or "gigabyte" or "gigabytes" => 1_000_000_000,
        "TB" or "tb" or "terabyte" or "terabytes" => 1_000_000_000_000,
        "PB" or "pb" or "petabyte" or "petabytes" => 1_000_000_000_000_000,
        "EB" or "eb" or "exabyte" or "exabytes" => 1_000_000_000_000_000_000,
        "K" or "k" or "Ki" or "KiB" or "kibibyte" or "kibibytes" => 1L << 10,
        "M" or "m" or "Mi" or "MiB" or "mebibyte" or "mebibytes" => 1L << 20,
        "G" or "g" or "Gi" or "GiB" or "gibibyte" or "gibibytes" => 1L << 30,
        "T" or "t" or "Ti" or "TiB" or "tebibyte" or "tebibytes" => 1L << 40,
        "P" or "p" or "Pi" or "PiB" or "pebibyte" or "pebibytes" => 1L << 50,
        "E" or "e" or "Ei" or "EiB" or "exbibyte" or "exbibytes" => 1L << 60,
        _ => null,
    };
}
