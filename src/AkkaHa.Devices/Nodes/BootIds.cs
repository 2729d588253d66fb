using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Nodes;

/// <summary>Reads the id of the present boot.</summary>
public static class BootIds
{
    /// <summary>The kernel's own; a lab machine has a file of its own instead.</summary>
    public const string KernelFile = "/proc/sys/kernel/random/boot_id";

    /// <summary>Reads the id.</summary>
    /// <exception cref="InvalidOperationException">The file cannot be read or holds no id.</exception>
    public static BootId Read(string path = KernelFile)
    {
        try
        {
            return new BootId(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new InvalidOperationException($"The boot id cannot be read from {path}: {e.Message}", e);
        }
    }
}
