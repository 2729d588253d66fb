using System.Reflection;
using Hocon.Syntax;

namespace Hocon;

/// <summary>Reads configurations. Whatever is wrong with a text is a <see cref="HoconParserException"/> that names file, line and column.</summary>
public static class HoconConfigurationFactory
{
    /// <summary>The configuration without values.</summary>
    public static Config Empty => Config.Empty;

    /// <summary>Reads a text. Files can be included by an absolute path. Substitutions see this text and the environment, not a fallback that is added later.</summary>
    public static Config ParseString(string hocon) => new(HoconParser.Parse(hocon));

    /// <summary>Reads a text; the callback gives what an include statement names.</summary>
    public static Config ParseString(string hocon, HoconIncludeCallbackAsync? includeCallback) => new(HoconParser.Parse(hocon, includeCallback));

    /// <summary>Reads a file in UTF-8. Includes are looked for beside the file that has them.</summary>
    /// <exception cref="HoconParserException">The file cannot be read, is not HOCON, or something in it has no value.</exception>
    public static Config FromFile(string filePath)
    {
        var scope = IncludeScope.OfFile(filePath);
        string? text;
        try
        {
            text = SourceFile.ReadIfThere(filePath);
        }
        catch (IOException e)
        {
            throw new HoconParserException($"The configuration file {filePath} cannot be read: {e.Message}.", e);
        }

        return text is null
            ? throw new HoconParserException($"There is no configuration file {filePath}.")
            : new Config(new HoconRoot(HoconValue.Of(Document.Read(text, scope), null)));
    }

    /// <summary>Reads a text that is embedded in the assembly of an object.</summary>
    public static Config FromResource(string resourceName, object instanceInAssembly) =>
        FromResource(resourceName, instanceInAssembly as Assembly ?? (instanceInAssembly as Type ?? instanceInAssembly.GetType()).Assembly);

    /// <summary>Reads a text that is embedded in the assembly of a type.</summary>
    public static Config FromResource<TAssembly>(string resourceName) => FromResource(resourceName, typeof(TAssembly).Assembly);

    /// <summary>Reads a text that is embedded in an assembly.</summary>
    /// <exception cref="ConfigurationException">There is no such text.</exception>
    public static Config FromResource(string resourceName, Assembly assembly)
    {
        using var stream = assembly.GetManifestResourceStream(resourceName)
            ?? throw new ConfigurationException($"{assembly.GetName().Name} has no embedded text {resourceName}; it has {string.Join(", ", assembly.GetManifestResourceNames())}.");
        using var reader = new StreamReader(stream);
        return new Config(new HoconRoot(HoconValue.Of(Document.Read(reader.ReadToEnd(), IncludeScope.Named(resourceName)), null)));
    }
}
