using System.Globalization;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cli.Operator;

/// <summary>Shows events to people.</summary>
internal static class EventText
{
    public static string Line(EventRecord e) =>
        string.Create(CultureInfo.InvariantCulture, $"{e.At:yyyy-MM-dd HH:mm:ss.fff} {e.Node} {e.Kind,-18} {e.Subject,-8} {e.Text}{(e.By.Length > 0 ? $" [{e.By}]" : "")}");
}
