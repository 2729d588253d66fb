using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Host;

/// <summary>What this host says of itself.</summary>
public static class HostFacts
{
    /// <summary>The kernel's own file.</summary>
    public const string KernelBootIdFile = "/proc/sys/kernel/random/boot_id";

    /// <summary>The id of this kernel boot.</summary>
    /// <param name="path">The kernel's file, or a lab machine's.</param>
    /// <exception cref="InvalidOperationException">The file cannot be read or holds no id.</exception>
    public static BootId ReadBootId(string path)
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

    /// <summary>The identity of this machine's installation.</summary>
    /// <param name="path">Usually <c>/etc/machine-id</c>.</param>
    /// <exception cref="InvalidOperationException">The file cannot be read or is empty.</exception>
    public static string ReadMachineId(string path)
    {
        try
        {
            var id = File.ReadAllText(path).Trim();
            return id.Length > 0 ? id : throw new InvalidOperationException($"The machine id file {path} is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The machine id cannot be read from {path}: {e.Message}", e);
        }
    }
}
