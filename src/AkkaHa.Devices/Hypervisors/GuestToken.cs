using System.Globalization;
using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Hypervisors;

/// <summary>
/// The token a guest was started with travels in the environment of its process: it is there from the first instruction, dies with the
/// process, and a daemon that crashed in between has not lost it.
/// </summary>
internal static class GuestToken
{
    public const string Variable = "AKKAHA_TOKEN";

    public static Token? OfProcess(int pid)
    {
        try
        {
            var variables = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/environ")).Split('\0');
            var found = variables.FirstOrDefault(variable => variable.StartsWith(Variable + "=", StringComparison.Ordinal));
            return found is null ? null : Parse(found[(Variable.Length + 1)..]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static string Format(Token token) =>
        string.Create(CultureInfo.InvariantCulture, $"{token.Epoch.Number} {token.Epoch.Node} {token.Epoch.ProcessUid} {token.Index}");

    public static Token? Parse(string text)
    {
        var parts = text.Split(' ');
        if (parts.Length != 4
            || !long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            || !(parts[1].Length == 0 || NodeName.IsValid(parts[1]))
            || !long.TryParse(parts[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var uid)
            || !long.TryParse(parts[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
            return null;
        return new Token(new Epoch(number, parts[1].Length == 0 ? default : new NodeName(parts[1]), uid), index);
    }
}
