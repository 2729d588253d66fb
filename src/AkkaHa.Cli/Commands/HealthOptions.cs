using System.Collections.Immutable;
using System.CommandLine;
using AkkaHa.Core.Health;

namespace AkkaHa.Cli.Commands;

/// <summary>The options that say how a guest is looked after: the same for <c>add</c> and <c>set</c>.</summary>
internal sealed class HealthOptions
{
    private readonly Option<string?> _health = new("--health")
    {
        Description = "How the guest is asked whether it is well: guest-agent (from its next start on), tcp:HOST:PORT, an http or https URL, command:NAME (of akkaha.health.commands), or none. One that hangs is reset, then relocated.",
    };

    private readonly Option<string?> _interval = new("--health-interval") { Description = "From one check to the next." };
    private readonly Option<string?> _timeout = new("--health-timeout") { Description = "For one check." };
    private readonly Option<string?> _grace = new("--health-grace") { Description = "How long it may fail after a start or a reset, until it has passed once." };
    private readonly Option<int?> _failures = new("--health-failures") { Description = "Failed checks in a row that make it hung." };
    private readonly Option<int?> _resets = new("--health-resets") { Description = "How often it is reset within the window before it is relocated." };
    private readonly Option<string?> _window = new("--health-window") { Description = "The time in which resets are counted." };

    public ImmutableList<Option> All => [_health, _interval, _timeout, _grace, _failures, _resets, _window];

    /// <summary>The check with what is given put into it; null where there is none.</summary>
    public HealthCheck? Apply(ParseResult parsed, HealthCheck? to)
    {
        var check = parsed.GetValue(_health) is { } text ? Named(text, to) : to;
        if (check is null)
        {
            return All.Skip(1).FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } stray
                ? throw new FormatException($"{stray.Name} is given, but the guest has no health check: expected --health with it.")
                : null;
        }

        return check with
        {
            Interval = Time(parsed, _interval) ?? check.Interval,
            Timeout = Time(parsed, _timeout) ?? check.Timeout,
            Grace = Time(parsed, _grace) ?? check.Grace,
            Failures = parsed.GetValue(_failures) is { } failures ? Words.AtLeast(1, failures, _failures.Name) : check.Failures,
            Resets = parsed.GetValue(_resets) is { } resets ? Words.AtLeast(0, resets, _resets.Name) : check.Resets,
            Window = Time(parsed, _window) ?? check.Window,
        };
    }

    private static TimeSpan? Time(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } text ? Words.Duration(text, option.Name) : null;

    // Its limits stay when only the way of asking changes.
    private static HealthCheck? Named(string text, HealthCheck? before)
    {
        if (text == "none")
            return null;
        var (kind, target) = text switch
        {
            "guest-agent" => (HealthKind.GuestAgent, ""),
            _ when text.StartsWith("tcp:", StringComparison.Ordinal) => (HealthKind.Tcp, text[4..]),
            _ when text.StartsWith("http:", StringComparison.Ordinal) || text.StartsWith("https:", StringComparison.Ordinal) => (HealthKind.Http, text),
            _ when text.StartsWith("command:", StringComparison.Ordinal) => (HealthKind.Command, text[8..]),
            _ => throw new FormatException($"--health is '{text}': expected guest-agent, tcp:HOST:PORT, an http or https URL, command:NAME or none."),
        };
        var check = (before ?? new HealthCheck(kind, target)) with { Kind = kind, Target = target };
        return check.Problem is { } problem ? throw new FormatException($"--health is '{text}': {problem}.") : check;
    }
}
