using System.Globalization;
using AkkaHa.Core.Model;

namespace AkkaHa.Cli.Operator;

/// <summary>Shows a resource's committed record to people.</summary>
internal static class ResourceText
{
    /// <summary>What is set and where it stands, line by line.</summary>
    public static IEnumerable<(string Key, string Value)> Of(ResourceRecord resource, IEnumerable<AffinityRule> rules)
    {
        var d = resource.Definition;
        yield return ("resource", resource.Id.ToString());
        yield return ("digest", Number(resource.ChangedIndex));
        yield return ("name", d.Name);
        yield return ("uuid", d.Uuid.ToString());
        yield return ("requested", Requested(resource));
        yield return ("actual", Word(resource.Actual) + (resource.Reason is { } reason ? $" ({reason})" : ""));
        yield return ("node", resource.Owner?.Node.Value ?? "-");
        yield return ("last node", resource.LastNode?.Value ?? "-");
        if (!resource.MayRun.IsEmpty)
            yield return ("may run on", string.Join(", ", resource.MayRun));
        yield return ("memory", FormattableString.Invariant($"{d.MemoryMib} MiB"));
        yield return ("cpus", Number(d.Cpus));
        foreach (var disk in d.Disks)
            yield return ("disk", $"{disk.Storage}:{disk.Path}");
        yield return ("group", d.Group?.Value ?? "-");
        yield return ("failback", d.Failback is { } failback ? failback ? "on" : "off" : "as the group says");
        yield return ("max-restart", Number(d.MaxRestart));
        yield return ("max-relocate", Number(d.MaxRelocate));
        yield return ("boot order", d.BootOrder is { } order ? Number(order) : "-");
        yield return ("start delay", Time(d.StartDelay));
        yield return ("after", d.After.IsEmpty ? "-" : $"{string.Join(", ", d.After)} (each for {Time(d.ReadinessTimeout)} at most)");
        yield return ("rto", d.Rto is { } rto ? Time(rto) : "-");
        yield return ("on stop failure", Word(d.OnStopFailure));
        yield return ("on storage failure", Word(d.OnStorageFailure));
        yield return ("health", d.Health is { } check
            ? FormattableString.Invariant($"{check.Describe()} every {Time(check.Interval)}, {Time(check.Timeout)} each, grace {Time(check.Grace)}; hung after {check.Failures} failures, at most {check.Resets} resets in {Time(check.Window)}")
            : "-");
        foreach (var rule in rules.Where(r => r.Resources.Contains(resource.Id)))
            yield return ("affinity", $"{rule.Name}: {rule.Describe()}");
    }

    public static string Requested(ResourceRecord resource) => Word(resource.Requested)
        + (resource.RequestEnd is { } end ? FormattableString.Invariant($" until {end.Until:yyyy-MM-dd HH:mm:ss} UTC, then {Word(end.Then)}") : "");

    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Time(TimeSpan value) => FormattableString.Invariant($"{value.TotalSeconds:0.###} s");
}
