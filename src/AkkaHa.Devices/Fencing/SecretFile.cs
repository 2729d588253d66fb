namespace AkkaHa.Devices.Fencing;

/// <summary>A secret stands in a file that only its owner can read; anything else is refused before it is used.</summary>
public static class SecretFile
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Null if the file can be used, else a sentence that says what is wrong with it.</summary>
    public static string? Problem(string path)
    {
        try
        {
            if (!File.Exists(path))
                return $"the secret file {path} does not exist";
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
                return $"the secret file {path} can be read or written by others; set it to mode 0600 (chmod 600 {path})";
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return file.Length == 0 ? $"the secret file {path} is empty" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the secret file {path} cannot be read ({e.Message})";
        }
    }

    /// <summary>The first line of the file.</summary>
    /// <exception cref="InvalidOperationException">The file cannot be used.</exception>
    public static string Read(string path) =>
        Problem(path) is { } problem
            ? throw new InvalidOperationException(char.ToUpperInvariant(problem[0]) + problem[1..] + ".")
            : File.ReadLines(path).First();
}
