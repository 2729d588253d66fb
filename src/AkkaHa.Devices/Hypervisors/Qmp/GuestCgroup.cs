using System.Globalization;

namespace AkkaHa.Devices.Hypervisors.Qmp;

/// <summary>
/// Bounds each guest's memory and processor time by a control group, so that none takes what the node or the others need. Where the host
/// has no controllers that can be written, guests run without.
/// </summary>
/// <param name="root">Where control groups are mounted.</param>
/// <param name="name">The group of this node's guests, below the root of each hierarchy.</param>
/// <param name="memoryOverheadBytes">What the hypervisor may take beside the guest's memory.</param>
public sealed class GuestCgroup(string root, string name, long memoryOverheadBytes)
{
    private const long BytesPerMib = 1024 * 1024;
    private const int PeriodMicroseconds = 100_000;

    /// <summary>Where Linux has them.</summary>
    public const string DefaultRoot = "/sys/fs/cgroup";

    private bool IsUnified => File.Exists(Path.Combine(root, "cgroup.controllers"));

    private IEnumerable<string> Hierarchies => IsUnified ? [root] : new[] { "memory", "cpu" }.Select(controller => Path.Combine(root, controller)).Where(Directory.Exists);

    /// <summary>Puts a guest's process into a group of its own with the bounds of its definition.</summary>
    /// <returns>Null if it is bound; else a sentence that says why not: it runs all the same.</returns>
    public string? Bound(VmDefinition definition, int processId)
    {
        // One more than the guest has: for what the hypervisor itself does.
        var quota = (long)(definition.Cpus + 1) * PeriodMicroseconds;
        var memory = (definition.MemoryMib * BytesPerMib) + memoryOverheadBytes;
        try
        {
            if (!Hierarchies.Any())
                return $"{definition.Id} runs without bounds: there are no control groups in {root}.";
            foreach (var hierarchy in Hierarchies)
            {
                var parent = Path.Combine(hierarchy, name);
                var group = Path.Combine(parent, definition.GuestName);
                Directory.CreateDirectory(parent);
                if (IsUnified)
                {
                    Write(Path.Combine(hierarchy, "cgroup.subtree_control"), "+memory +cpu");
                    Write(Path.Combine(parent, "cgroup.subtree_control"), "+memory +cpu");
                }

                Directory.CreateDirectory(group);
                foreach (var (file, value) in Values(group, memory, quota))
                    Write(Path.Combine(group, file), value);
                Write(Path.Combine(group, "cgroup.procs"), Number(processId));
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{definition.Id} runs without bounds: its control group cannot be made ({e.Message}).";
        }
    }

    /// <summary>Removes the group of a guest that has ended.</summary>
    public void Remove(string guestName)
    {
        foreach (var hierarchy in Hierarchies)
        {
            try
            {
                // Removing the folder is the way; its files cannot be deleted.
                Directory.Delete(Path.Combine(hierarchy, name, guestName), recursive: false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // There was none, or something still dies in it: the next guest of that name takes it over.
            }
        }
    }

    private static IEnumerable<(string File, string Value)> Values(string group, long memory, long quota)
    {
        if (File.Exists(Path.Combine(group, "memory.max")))
            yield return ("memory.max", Number(memory));
        if (File.Exists(Path.Combine(group, "cpu.max")))
            yield return ("cpu.max", $"{Number(quota)} {Number(PeriodMicroseconds)}");
        if (File.Exists(Path.Combine(group, "memory.limit_in_bytes")))
            yield return ("memory.limit_in_bytes", Number(memory));
        if (File.Exists(Path.Combine(group, "cpu.cfs_quota_us")))
        {
            yield return ("cpu.cfs_period_us", Number(PeriodMicroseconds));
            yield return ("cpu.cfs_quota_us", Number(quota));
        }
    }

    // A control file takes one write of the whole value.
    private static void Write(string file, string value)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(value));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
