using System.Text.RegularExpressions;

namespace AkkaHa.Devices.Network;

/// <summary>A file system of this host that comes over the network.</summary>
/// <param name="MountPoint">Where it is mounted.</param>
/// <param name="Type">Its type: <c>nfs4</c>.</param>
/// <param name="Server">The host it comes from.</param>
internal sealed record NetworkMount(string MountPoint, string Type, string Server)
{
    /// <summary>Those in a mount table (<c>/proc/self/mounts</c>), read without touching any of them.</summary>
    public static IReadOnlyList<NetworkMount> Parse(IEnumerable<string> mounts) =>
        [.. mounts.Select(line => line.Split(' ')).Where(fields => fields.Length > 2).Select(Of).OfType<NetworkMount>()];

    private static NetworkMount? Of(string[] fields) => fields[2] switch
    {
        // server:/export, [2001:db8::1]:/export; several servers of Ceph are divided by commas, the first stands for all.
        "nfs" or "nfs4" or "ceph" or "glusterfs" or "fuse.glusterfs" when ServerOf(fields[0].Split(',')[0]) is { } server => new(fields[1], fields[2], server),
        "cifs" or "smb3" when fields[0].TrimStart('/').Split('/')[0] is { Length: > 0 } server => new(fields[1], fields[2], server),
        _ => null,
    };

    private static string? ServerOf(string source)
    {
        var bracketed = Regex.Match(source, @"\A\[([^\]]+)\]");
        return bracketed.Success ? bracketed.Groups[1].Value : source.Split(':')[0] is { Length: > 0 } name ? name : null;
    }
}
