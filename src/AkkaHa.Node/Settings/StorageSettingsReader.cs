using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Storage;

namespace AkkaHa.Node.Settings;

/// <summary>Reads <c>akkaha.storage</c> and <c>akkaha.storage-probe</c>.</summary>
internal static class StorageSettingsReader
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static ImmutableSortedDictionary<string, StorageSettings> Storages(Section root, ImmutableSortedSet<NodeName> nodes) =>
        root.Children("storage").ToImmutableSortedDictionary(s => s.Key, s => Storage(s.Key, s.Value, nodes), StringComparer.Ordinal);

    public static ProbeSettings Probing(Section section)
    {
        TimeSpan Of(string key) => section.Duration(key, TimeSpan.FromMilliseconds(50), Hour);
        return new ProbeSettings
        {
            Interval = Of("interval"),
            Deadline = Of("deadline"),
            Rise = section.Number("rise", 1, 1000),
            Fall = section.Number("fall", 1, 1000),
            FailAfter = Of("fail-after"),
        };
    }

    private static StorageSettings Storage(string name, Section section, ImmutableSortedSet<NodeName> nodes)
    {
        // It is written as STORAGE:PATH on the command line.
        if (name.Contains(':', StringComparison.Ordinal))
            throw section.Wrong("type", $"belongs to the storage '{name}', whose name has a ':'; expected a name without one");
        var type = Enum.Parse<StorageType>(
            section.Choice("type", [.. Enum.GetNames<StorageType>().Select(t => t.ToLowerInvariant())]), ignoreCase: true);
        var path = section.Text("path");
        if (!Path.IsPathFullyQualified(path))
            throw section.Wrong("path", $"is '{path}'; expected a path from the root on, the same on every node");
        try
        {
            var definition = StorageDefinition.Create(name, type, path, section.Has("shared") ? section.Flag("shared") : null);
            if (section.Has("mount-point"))
                definition = definition with { MountPoint = section.Text("mount-point") };
            return new StorageSettings(definition, section.Has("nodes") ? Nodes(section, nodes) : []);
        }
        catch (ArgumentException e)
        {
            throw section.Wrong("shared", $"does not fit the type: {e.Message.Split(" (Parameter", StringSplitOptions.None)[0].TrimEnd('.')}");
        }
    }

    private static ImmutableSortedSet<NodeName> Nodes(Section section, ImmutableSortedSet<NodeName> known)
    {
        var names = section.Texts("nodes");
        var stranger = names.FirstOrDefault(n => !NodeName.IsValid(n) || !known.Contains(new NodeName(n)));
        return stranger is null
            ? [.. names.Select(n => new NodeName(n))]
            : throw section.Wrong("nodes", $"names {stranger}, which is none of the nodes under akkaha.nodes ({string.Join(", ", known)})");
    }
}
