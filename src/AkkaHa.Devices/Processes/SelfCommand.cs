using System.Reflection;

namespace AkkaHa.Devices.Processes;

/// <summary>The command that runs this very program again, for its hidden sub-commands.</summary>
public static class SelfCommand
{
    /// <summary>Program and leading arguments: the executable itself, or <c>dotnet</c> with the entry assembly.</summary>
    public static IReadOnlyList<string> Current()
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of the running program is not known.");
        var entry = Assembly.GetEntryAssembly()?.Location;
        return Path.GetFileNameWithoutExtension(program) == "dotnet" && !string.IsNullOrEmpty(entry) ? [program, entry] : [program];
    }
}
