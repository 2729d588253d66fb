using System.Collections.Immutable;
using System.Globalization;
using AkkaHa.Core.Model;
using Hocon;

namespace AkkaHa.Simulation.Scenarios;

/// <summary>Reads scenario files: HOCON, of which JSON is a part.</summary>
internal static class ScenarioFile
{
    /// <summary>Reads a scenario.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="source">What errors call it.</param>
    /// <exception cref="FormatException">The text is no scenario.</exception>
    public static Scenario Read(string text, string source)
    {
        try
        {
            return Read(HoconParser.Parse(text).Value.GetObject());
        }
        catch (Exception e) when (e is HoconException or FormatException or KeyNotFoundException or ArgumentException)
        {
            throw new FormatException($"{source} is no scenario: {e.Message}", e);
        }
    }

    private static Scenario Read(HoconObject root)
    {
        var expect = root.TryGetValue("expect", out var field) ? field.Value.GetObject() : null;
        return new Scenario(Text(root, "name") ?? "scenario")
        {
            Nodes = [.. Objects(root, "nodes").Select(n => new ScenarioNode(new NodeName(Need(n, "name")), Text(n, "power") == "on", Text(n, "network") == "on"))],
            Resources = [.. Objects(root, "resources").Select(Resource)],
            Groups = [.. Objects(root, "groups").Select(Group)],
            Affinity =
            [
                .. Objects(root, "affinity").Select(a => new ScenarioAffinity(
                    Need(a, "kind") == "together" ? AffinityKind.Together : AffinityKind.Apart, Flag(a, "strict") ?? true, [.. Texts(a, "resources").Select(ResourceId.Parse)])),
            ],
            NodeMemoryMib = Number(root, "node-memory-mib") ?? 64 * 1024,
            ShutdownPolicy = Text(root, "shutdown-policy") ?? "conditional",
            Steps = [.. Values(root, "steps").Select(list => list.GetArray().Select(c => c.GetString()!).ToImmutableList())],
            ExpectedResources = Fields(expect, "resources").ToImmutableSortedDictionary(f => ResourceId.Parse(f.Key), f => Expected(f.Value.GetObject())),
            ExpectedNodes = Fields(expect, "nodes").ToImmutableSortedDictionary(f => new NodeName(f.Key), f => f.Value.GetString()!),
            ExpectedFenced = expect is not null && expect.ContainsKey("fenced") ? [.. Texts(expect, "fenced").Select(n => new NodeName(n))] : null,
        };
    }

    private static ScenarioResource Resource(HoconObject resource)
    {
        var behaviour = resource.TryGetValue("behaviour", out var field) ? field.Value.GetObject() : null;
        return new ScenarioResource(ResourceId.Parse(Need(resource, "id")), new NodeName(Need(resource, "node")), Enum.Parse<RequestedState>(Need(resource, "state"), ignoreCase: true))
        {
            Failback = Flag(resource, "failback"),
            MaxRestart = Number(resource, "max-restart"),
            MaxRelocate = Number(resource, "max-relocate"),
            Group = Text(resource, "group"),
            IsInError = Text(resource, "actual") == "error",
            BootOrder = Number(resource, "boot-order"),
            After = [.. Texts(resource, "after").Select(ResourceId.Parse)],
            ReadinessTimeout = Number(resource, "readiness-timeout-seconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            OnStopFailure = Text(resource, "on-stop-failure") is { } policy ? Enum.Parse<StopFailurePolicy>(policy, ignoreCase: true) : StopFailurePolicy.Error,
            StartFailures = Number(behaviour, "start-failures") ?? 0,
            MigrationFailures = Number(behaviour, "migrate-failures") ?? 0,
            StopFails = Flag(behaviour, "stop-fails") ?? false,
            OnlyOn = Text(behaviour, "only-on") is { } node ? new NodeName(node) : null,
        };
    }

    private static ScenarioGroup Group(HoconObject group) => new(
        Need(group, "name"),
        Fields(group, "nodes").ToImmutableSortedDictionary(f => new NodeName(f.Key), f => int.Parse(f.Value.GetString()!, CultureInfo.InvariantCulture)),
        Flag(group, "restricted") ?? false,
        Flag(group, "failback") ?? false,
        [.. Texts(group, "members").Select(ResourceId.Parse)]);

    private static ExpectedResource Expected(HoconObject expected) => new(
        Text(expected, "actual"), Text(expected, "node") is { } node ? new NodeName(node) : null, expected.ContainsKey("node"));

    private static IEnumerable<HoconValue> Values(HoconObject? from, string key) =>
        from is not null && from.TryGetValue(key, out var field) ? field.Value.GetArray() : [];

    private static IEnumerable<HoconObject> Objects(HoconObject? from, string key) => Values(from, key).Select(v => v.GetObject());

    private static IEnumerable<string> Texts(HoconObject? from, string key) => Values(from, key).Select(v => v.GetString()!);

    private static IEnumerable<KeyValuePair<string, HoconField>> Fields(HoconObject? from, string key) =>
        from is not null && from.TryGetValue(key, out var field) ? field.Value.GetObject() : [];

    private static string? Text(HoconObject? from, string key) =>
        from is not null && from.TryGetValue(key, out var field) && field.Value.GetString() is { } text && text != "null" ? text : null;

    private static string Need(HoconObject from, string key) => Text(from, key) ?? throw new FormatException($"'{key}' is missing");

    private static bool? Flag(HoconObject? from, string key) => Text(from, key) is { } text ? text is "true" or "on" or "yes" : null;

    private static int? Number(HoconObject? from, string key) => Text(from, key) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
