using System.Collections.Immutable;

namespace AkkaHa.Cli.Import;

/// <summary>A value of a Proxmox file with options: <c>nfs:100/vm-100-disk-0.qcow2,cache=none,size=8G</c>.</summary>
/// <param name="Main">What stands first without a name; empty if nothing does.</param>
/// <param name="Options">The rest by name.</param>
internal sealed record ProxmoxValue(string Main, ImmutableSortedDictionary<string, string> Options)
{
    public static ProxmoxValue Parse(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var main = parts.FirstOrDefault() is { } first && !first.Contains('=', StringComparison.Ordinal) ? first : "";
        var options = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var part in parts.Skip(main.Length > 0 ? 1 : 0))
        {
            if (part.Split('=', 2) is [var name, var value])
                options[name] = value;
        }

        return new ProxmoxValue(main, options.ToImmutable());
    }

    public string? Option(string name) => Options.GetValueOrDefault(name);
}

/// <summary>Reads the two kinds of files that a Proxmox host keeps its guests and storages in.</summary>
internal static class ProxmoxFile
{
    /// <summary>The keys of a guest's present state: what follows a <c>[section]</c> are its snapshots.</summary>
    public static ImmutableSortedDictionary<string, string> Guest(IEnumerable<string> lines)
    {
        var keys = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var line in lines.TakeWhile(line => !line.StartsWith('[')))
        {
            if (!line.StartsWith('#') && line.Split(':', 2) is [var key, var value])
                keys[key.Trim()] = value.Trim();
        }

        return keys.ToImmutable();
    }

    /// <summary>The storages by name: <c>TYPE: NAME</c>, and the properties in the indented lines below.</summary>
    public static ImmutableSortedDictionary<string, ProxmoxStorage> Storages(IEnumerable<string> lines)
    {
        var storages = ImmutableSortedDictionary.CreateBuilder<string, ProxmoxStorage>(StringComparer.Ordinal);
        string? name = null;
        foreach (var line in lines)
        {
            if (line.Trim().Length == 0 || line.StartsWith('#'))
                continue;
            if (!char.IsWhiteSpace(line[0]) && line.Split(':', 2) is [var type, var title])
            {
                name = title.Trim();
                storages[name] = new ProxmoxStorage(name, type.Trim(), ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));
            }
            else if (name is not null)
            {
                var words = line.Trim().Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
                storages[name] = storages[name] with { Properties = storages[name].Properties.SetItem(words[0], words.Length > 1 ? words[1].Trim() : "1") };
            }
        }

        return storages.ToImmutable();
    }
}

/// <summary>A storage as Proxmox knows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type: <c>nfs</c>, <c>rbd</c>, <c>lvmthin</c>.</param>
/// <param name="Properties">What else is said of it.</param>
internal sealed record ProxmoxStorage(string Name, string Type, ImmutableSortedDictionary<string, string> Properties)
{
    /// <summary>Whether every node sees the same content.</summary>
    public bool IsShared => Type is "nfs" or "cifs" or "cephfs" or "glusterfs" or "rbd" or "iscsi" or "iscsidirect" or "zfs"
        || (Type is "dir" or "lvm" && Properties.GetValueOrDefault("shared") == "1");

    /// <summary>Where QEMU finds a volume of it.</summary>
    /// <exception cref="FormatException">It is of a type whose paths are not known.</exception>
    public string PathOf(string volume) => Type switch
    {
        "nfs" or "cifs" or "dir" or "cephfs" or "glusterfs" => $"{Properties.GetValueOrDefault("path") ?? $"/mnt/pve/{Name}"}/images/{volume}",
        "rbd" => $"rbd:{Properties.GetValueOrDefault("pool") ?? "rbd"}/{volume}",
        "lvm" => $"/dev/{Required("vgname")}/{volume}",
        "iscsi" => $"/dev/disk/by-id/{volume}",
        _ => throw new FormatException($"The storage '{Name}' is of type {Type}: where its volumes lie is not known. Give the disks yourself with 'akkaha add --disk {Name}:PATH'."),
    };

    private string Required(string property) =>
        Properties.GetValueOrDefault(property) ?? throw new FormatException($"The storage '{Name}' has no {property}.");
}
