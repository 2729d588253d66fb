using System.Text;

namespace Hocon;

/// <summary>Reads the text of a configuration file. Bytes that are no UTF-8 are an error; they are not replaced silently.</summary>
internal static class SourceFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of the file; null if there is no such file.</summary>
    /// <exception cref="IOException">The file is there and cannot be read as text.</exception>
    public static string? ReadIfThere(string path)
    {
        try
        {
            return File.ReadAllText(path, Strict);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (DecoderFallbackException e)
        {
            throw new IOException("its bytes are no UTF-8 text", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(Directory.Exists(path) ? "it is a directory" : "access is denied", e);
        }
    }
}
