using System.Globalization;
using AkkaHa.Core.Model;

namespace AkkaHa.Cli.Commands;

/// <summary>Reads the words that operators write; what cannot be read is told with what was expected.</summary>
internal static class Words
{
    public const string NoGroup = "none";

    public static RequestedState Requested(string text) =>
        Enum.TryParse<RequestedState>(text, ignoreCase: true, out var requested) && !char.IsAsciiDigit(text[0])
            ? requested
            : throw new FormatException($"'{text}' is no requested state: expected started, stopped, disabled or ignored.");

    public static DiskDefinition Disk(string text) =>
        text.Split(':', 2) is [{ Length: > 0 } storage, { Length: > 0 } path]
            ? new DiskDefinition(storage, path)
            : throw new FormatException($"'{text}' is no disk: expected STORAGE:PATH.");

    public static NodeName Node(string text) => new(text.Trim());

    public static GroupName? Group(string text) => text == NoGroup ? null : new GroupName(text);

    public static bool OnOff(string text, string option) => text switch
    {
        "on" => true,
        "off" => false,
        _ => throw new FormatException($"{option} is '{text}': expected on or off."),
    };

    public static int AtLeast(int min, int value, string option) =>
        value >= min ? value : throw new FormatException(FormattableString.Invariant($"{option} is {value}: expected {min} or more."));

    /// <summary>A duration with its unit: <c>500ms</c>, <c>30s</c>, <c>10m</c>, <c>2h</c>, <c>1d</c>.</summary>
    public static TimeSpan Duration(string text, string option)
    {
        var unit = text.TrimStart("0123456789.".ToCharArray());
        var isNumber = double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        TimeSpan? one = unit switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            "d" => TimeSpan.FromDays(1),
            _ => null,
        };
        return isNumber && one is { } length && number <= 36_500
            ? number * length
            : throw new FormatException($"{option} is '{text}': expected a duration with its unit, such as 30s, 10m or 2h.");
    }

    /// <summary>A node of a group with its priority: <c>pve1=1</c>, or <c>pve1</c> for priority 1.</summary>
    public static KeyValuePair<NodeName, int> Member(string text)
    {
        var parts = text.Split('=', 2);
        if (parts.Length == 1)
            return new(Node(text), 1);
        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var priority)
            ? new(Node(parts[0]), priority)
            : throw new FormatException($"'{parts[1]}' is no priority of {parts[0]}: expected a whole number from 0 on; lower is preferred.");
    }
}
