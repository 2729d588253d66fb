using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Hocon;
using Hocon.Syntax;
using HoconRoot = Akka.Configuration.Hocon.HoconRoot;

namespace Akka.Configuration;

/// <summary>Reads configurations. Whatever is wrong with a text is a <see cref="ConfigurationException"/> that names line and column.</summary>
public class ConfigurationFactory
{
    private const string ReferenceConfiguration = "Akka.reference.conf";

    /// <summary>The configuration without values.</summary>
    public static Config Empty => Config.Empty;

    /// <summary>The defaults of the actor system: the reference.conf of this assembly.</summary>
    public static Config Default() => FromResource(ReferenceConfiguration, typeof(ConfigurationFactory).Assembly);

    /// <summary>
    /// The HOCON in the section <c>akka</c> of the application's configuration file (<c>app.config</c>, after the build <c>NAME.dll.config</c>);
    /// without values if there is no such file or section.
    /// </summary>
    public static Config Load()
    {
        var program = Assembly.GetEntryAssembly()?.GetName().Name;
        return program is null ? Empty : FromApplicationFile(Path.Combine(AppContext.BaseDirectory, $"{program}.dll.config"));
    }

    internal static Config FromApplicationFile(string file)
    {
        if (!File.Exists(file))
            return Empty;
        try
        {
            var hocon = XDocument.Load(file).Root?.Element("akka")?.Element("hocon")?.Value;
            return hocon is null ? Empty : Parse(hocon, IncludeScope.Named(file), null);
        }
        catch (XmlException e)
        {
            throw new ConfigurationException($"The application's configuration file {file} is no XML: {e.Message}", e);
        }
    }

    /// <summary>Reads a text. Files can be included by an absolute path. Substitutions see this text and the environment, not a fallback that is added later.</summary>
    public static Config ParseString(string hocon) => Parse(hocon, IncludeScope.OfString, null);

    /// <summary>Reads a text.</summary>
    /// <param name="hocon">The text.</param>
    /// <param name="includeCallback">Gives what an include statement names; null means that there is no such thing.</param>
    public static Config ParseString(string hocon, Func<string, HoconRoot> includeCallback) =>
        Parse(hocon, IncludeScope.OfString, (_, name) => Task.FromResult(includeCallback(name)?.Value.ToString() ?? ""));

    /// <summary>The public properties of an object as values, nested objects included.</summary>
    public static Config FromObject(object source) => ParseString(JsonSerializer.Serialize(source));

    /// <summary>Reads a text that is embedded in the assembly of an object.</summary>
    public static Config FromResource(string resourceName, object instanceInAssembly) =>
        FromResource(resourceName, instanceInAssembly as Assembly ?? (instanceInAssembly as Type ?? instanceInAssembly.GetType()).Assembly);

    /// <summary>Reads a text that is embedded in the assembly of a type.</summary>
    public static Config FromResource<TAssembly>(string resourceName) => FromResource(resourceName, typeof(TAssembly).Assembly);

    /// <summary>Reads a text that is embedded in an assembly.</summary>
    /// <exception cref="ConfigurationException">There is no such text, or it is not HOCON.</exception>
    public static Config FromResource(string resourceName, Assembly assembly)
    {
        using var stream = assembly.GetManifestResourceStream(resourceName)
            ?? throw new ConfigurationException($"{assembly.GetName().Name} has no embedded text {resourceName}; it has {string.Join(", ", assembly.GetManifestResourceNames())}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Parse(reader.ReadToEnd(), IncludeScope.Named(resourceName), null);
    }

    private static Config Parse(string hocon, IncludeScope scope, HoconIncludeCallbackAsync? callback)
    {
        try
        {
            return new Config(Document.Read(hocon, scope, callback), null);
        }
        catch (HoconParserException e)
        {
            throw new ConfigurationException(e.Message, e);
        }
    }
}
