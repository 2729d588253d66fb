using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Akka.Actor;

/// <content>From text to paths.</content>
public abstract partial class ActorPath
{
    /// <summary>The characters that may stand in a name besides ASCII letters and digits.</summary>
    public const string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    /// <summary>Whether a text may be the name of an actor.</summary>
    /// <param name="s">The text.</param>
    public static bool IsValidPathElement(string s)
    {
        if (string.IsNullOrEmpty(s) || s[0] == '$')
            return false;
        for (var i = 0; i < s.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(s[i]) || ValidSymbols.Contains(s[i]))
                continue;
            if (s[i] != '%' || i + 2 >= s.Length || !char.IsAsciiHexDigit(s[i + 1]) || !char.IsAsciiHexDigit(s[i + 2]))
                return false;
            i += 2;
        }

        return true;
    }

    /// <summary>The elements as <c>/a/b/c</c>.</summary>
    /// <param name="pathElements">The names.</param>
    public static string FormatPathElements(IEnumerable<string> pathElements) => "/" + string.Join('/', pathElements);

    /// <summary>Reads a full path, <c>akka://system[@host:port]/a/b[#uid]</c>.</summary>
    /// <param name="path">The text.</param>
    /// <exception cref="UriFormatException">It is not one.</exception>
    public static ActorPath Parse(string path)
        => TryParse(path, out var parsed) ? parsed : throw new UriFormatException($"[{path}] is not an actor path; expected protocol://system[@host:port]/name/…");

    /// <summary>Reads a full path.</summary>
    /// <param name="path">The text.</param>
    /// <param name="actorPath">The path, or null.</param>
    public static bool TryParse(string? path, [NotNullWhen(true)] out ActorPath? actorPath)
    {
        actorPath = null;
        return Address.TryParse(path.AsSpan(), out var address, out var rest) && TryParse(new RootActorPath(address), rest, out actorPath);
    }

    /// <summary>Reads the part of a path behind its address.</summary>
    /// <param name="basePath">Where it starts.</param>
    /// <param name="absoluteUri">The names, each behind a slash.</param>
    /// <param name="actorPath">The path, or null.</param>
    public static bool TryParse(ActorPath basePath, string absoluteUri, [NotNullWhen(true)] out ActorPath? actorPath)
        => TryParse(basePath, absoluteUri.AsSpan(), out actorPath);

    /// <summary>Reads the part of a path behind its address.</summary>
    /// <param name="basePath">Where it starts.</param>
    /// <param name="absoluteUri">The names, each behind a slash.</param>
    /// <param name="actorPath">The path, or null.</param>
    public static bool TryParse(ActorPath basePath, ReadOnlySpan<char> absoluteUri, [NotNullWhen(true)] out ActorPath? actorPath)
    {
        actorPath = null;
        var at = basePath;
        while (!absoluteUri.IsEmpty)
        {
            if (absoluteUri[0] == '/')
            {
                absoluteUri = absoluteUri[1..];
                continue;
            }

            var end = absoluteUri.IndexOf('/');
            var element = end < 0 ? absoluteUri : absoluteUri[..end];
            absoluteUri = end < 0 ? default : absoluteUri[end..];
            var uid = element.IndexOf('#');
            if (uid >= 0)
            {
                if (!absoluteUri.IsEmpty || !long.TryParse(element[(uid + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                    return false;
                at = new ChildActorPath(at, element[..uid].ToString(), number);
            }
            else
            {
                at = new ChildActorPath(at, element.ToString(), 0);
            }
        }

        actorPath = at;
        return true;
    }

    /// <summary>Reads the address that stands before a path.</summary>
    /// <param name="path">The text.</param>
    /// <param name="address">The address, or null.</param>
    public static bool TryParseAddress(string path, [NotNullWhen(true)] out Address? address) => Address.TryParse(path, out address);

    internal static (string Name, long Uid) SplitUid(string name)
    {
        var hash = name.IndexOf('#');
        return hash < 0 || !long.TryParse(name.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var uid)
            ? (name, 0)
            : (name[..hash], uid);
    }
}
