namespace AkkaHa.Devices.Storage;

/// <summary>What kind of storage it is. The names are those of the configuration, lower case.</summary>
public enum StorageType
{
    /// <summary>Ceph block devices.</summary>
    Rbd,

    /// <summary>A network file system.</summary>
    Nfs,

    /// <summary>Block devices over the network.</summary>
    Iscsi,

    /// <summary>A replicated network file system.</summary>
    Glusterfs,

    /// <summary>A Windows share.</summary>
    Cifs,

    /// <summary>A directory; shared only if a cluster file system is mounted there.</summary>
    Dir,

    /// <summary>Logical volumes; shared only if the group lies on a shared disk.</summary>
    Lvm,

    /// <summary>ZFS volumes of one host.</summary>
    Zfspool,

    /// <summary>A disk of one host.</summary>
    Local,
}

/// <summary>A storage as the configuration defines it.</summary>
/// <param name="Name">Its name, the same on every node.</param>
/// <param name="Type">What kind it is.</param>
/// <param name="Path">Where it is mounted or which directory it is, the same on every node.</param>
/// <param name="IsShared">Whether every node that has it sees the same content. Only then can a VM on it be highly available.</param>
public sealed record StorageDefinition(string Name, StorageType Type, string Path, bool IsShared)
{
    /// <summary>
    /// What must be a mount point for the storage to be there: without it an empty directory would pass for it. Null where nothing must.
    /// </summary>
    public string? MountPoint { get; init; } = Type is StorageType.Nfs or StorageType.Glusterfs or StorageType.Cifs ? Path : null;

    /// <summary>Makes a definition; whether it is shared follows from its type and may be overridden where the type leaves it open.</summary>
    /// <exception cref="ArgumentException">The override contradicts the type.</exception>
    public static StorageDefinition Create(string name, StorageType type, string path, bool? shared = null)
    {
        var byType = SharedByType(type);
        if (byType is { } fixedValue && shared is { } wanted && wanted != fixedValue)
        {
            throw new ArgumentException($"The storage '{name}' is of type {type.ToString().ToLowerInvariant()}, which is "
                + $"{(fixedValue ? "always" : "never")} shared; remove 'shared = {(wanted ? "true" : "false")}' or correct the type.", nameof(shared));
        }
        return new StorageDefinition(name, type, path, shared ?? byType ?? false);
    }

    /// <summary>Whether disks on it lie in files, so that an ownership record can lie beside them.</summary>
    public bool HasFiles => Type is StorageType.Nfs or StorageType.Glusterfs or StorageType.Cifs or StorageType.Dir or StorageType.Local;

    // Null: the type alone does not tell.
    private static bool? SharedByType(StorageType type) => type switch
    {
        StorageType.Rbd or StorageType.Nfs or StorageType.Iscsi or StorageType.Glusterfs or StorageType.Cifs => true,
        StorageType.Zfspool or StorageType.Local => false,
        _ => null,
    };
}
