namespace AkkaHa.Devices.Processes;

/// <summary>A program that a device needs is not installed.</summary>
public sealed class ToolMissingException : Exception
{
    /// <summary>Names the program and the package that brings it.</summary>
    public ToolMissingException(string program, string? package)
        : base(package is null
            ? $"The program '{program}' was not found. Check the path in the configuration."
            : $"The program '{program}' is not installed on this node. Install the package '{package}' (Debian: apt-get install {package}).")
    {
        Program = program;
        Package = package;
    }

    /// <summary>The program that is missing.</summary>
    public string Program { get; }

    /// <summary>The Debian package that brings it, if known.</summary>
    public string? Package { get; }
}
