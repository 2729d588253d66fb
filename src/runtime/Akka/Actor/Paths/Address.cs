using System.Globalization;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Where an actor system can be reached: protocol, system name, and, unless it is local, host and port.</summary>
public sealed class Address : IEquatable<Address>, IComparable<Address>, IComparable, ICloneable
{
    /// <summary>Orders addresses by host and port, then by system name and protocol.</summary>
    public static readonly IComparer<Address> Comparer = Comparer<Address>.Create(static (left, right) => left.CompareTo(right));

    /// <summary>Stands for every actor system.</summary>
    public static readonly Address AllSystems = new("akka", "all-systems");

    private readonly string _text;
    private readonly int _hash;

    /// <summary>Makes an address.</summary>
    /// <param name="protocol">The scheme, for example <c>akka</c> or <c>akka.tcp</c>.</param>
    /// <param name="system">The name of the actor system.</param>
    /// <param name="host">The host; null for a local address.</param>
    /// <param name="port">The port; null for a local address.</param>
    public Address(string protocol, string system, string? host = null, int? port = null)
    {
        Protocol = protocol;
        System = system;
        Host = host?.ToLowerInvariant();
        Port = port;
        _text = Host is null
            ? $"{protocol}://{system}"
            : string.Create(CultureInfo.InvariantCulture, $"{protocol}://{system}@{Host}{(port is null ? "" : ":")}{port}");
        _hash = StableHash.Of(_text);
    }

    /// <summary>The scheme.</summary>
    public string Protocol { get; }

    /// <summary>The name of the actor system.</summary>
    public string System { get; }

    /// <summary>The host in lower case; null for a local address.</summary>
    public string? Host { get; }

    /// <summary>The port; null for a local address.</summary>
    public int? Port { get; }

    /// <summary>True when no host stands in it, so that it means something only inside one process.</summary>
    public bool HasLocalScope => string.IsNullOrEmpty(Host);

    /// <summary>True when a host stands in it.</summary>
    public bool HasGlobalScope => !HasLocalScope;

    /// <summary>Whether both are the same address.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Address? left, Address? right) => Equals(left, right);

    /// <summary>The opposite of equality.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Address? left, Address? right) => !Equals(left, right);

    /// <summary>Reads <c>protocol://system[@host:port]</c>; a path behind it is an error.</summary>
    /// <param name="address">The text.</param>
    /// <exception cref="UriFormatException">It is not an address.</exception>
    public static Address Parse(string address)
        => TryParse(address, out Address? parsed) ? parsed! : throw new UriFormatException($"[{address}] is not an address; expected protocol://system or protocol://system@host:port.");

    /// <summary>Reads an address; anything behind it from the first slash on is ignored.</summary>
    /// <param name="path">The text.</param>
    /// <param name="address">The address, or null.</param>
    public static bool TryParse(string? path, [global::System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Address? address)
        => TryParse(path.AsSpan(), out address, out _);

    /// <summary>Reads an address and what follows it.</summary>
    /// <param name="path">The text.</param>
    /// <param name="address">The address, or null.</param>
    /// <param name="absolutUri">The path behind it, beginning with a slash.</param>
    public static bool TryParse(string? path, [global::System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Address? address, out string absolutUri)
    {
        var ok = TryParse(path.AsSpan(), out address, out var rest);
        absolutUri = rest.ToString();
        return ok;
    }

    /// <summary>Reads an address and what follows it.</summary>
    /// <param name="span">The text.</param>
    /// <param name="address">The address, or null.</param>
    /// <param name="absolutUri">The path behind it, beginning with a slash; <c>/</c> when there is none.</param>
    public static bool TryParse(ReadOnlySpan<char> span, [global::System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Address? address, out ReadOnlySpan<char> absolutUri)
    {
        address = null;
        absolutUri = default;
        var scheme = span.IndexOf("://");
        if (scheme <= 0 || !char.IsAsciiLetter(span[0]))
            return false;
        var rest = span[(scheme + 3)..];
        var slash = rest.IndexOf('/');
        absolutUri = slash < 0 ? "/" : rest[slash..];
        var authority = slash < 0 ? rest : rest[..slash];
        var at = authority.IndexOf('@');
        var system = at < 0 ? authority : authority[..at];
        if (system.IsEmpty || system.IndexOfAny(':', '#', '?') >= 0)
            return false;
        var protocol = span[..scheme].ToString();
        if (at < 0)
        {
            address = new Address(protocol, system.ToString());
            return true;
        }

        var hostPort = authority[(at + 1)..];
        // A host in brackets (IPv6) may itself hold colons.
        var colon = hostPort.LastIndexOf(':');
        if (colon <= hostPort.LastIndexOf(']') || colon <= 0)
            return false;
        if (!int.TryParse(hostPort[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > ushort.MaxValue)
            return false;
        address = new Address(protocol, system.ToString(), hostPort[..colon].ToString(), port);
        return true;
    }

    /// <summary>The same address with another host.</summary>
    /// <param name="host">The host.</param>
    public Address WithHost(string? host = null) => new(Protocol, System, host, Port);

    /// <summary>The same address with another port.</summary>
    /// <param name="port">The port.</param>
    public Address WithPort(int? port = null) => new(Protocol, System, Host, port);

    /// <summary>The same address with another scheme.</summary>
    /// <param name="protocol">The scheme.</param>
    public Address WithProtocol(string protocol) => new(protocol, System, Host, Port);

    /// <summary>The same address with another system name.</summary>
    /// <param name="system">The name.</param>
    public Address WithSystem(string system) => new(Protocol, system, Host, Port);

    /// <summary><c>system@host:port</c>, or the system name alone.</summary>
    public string HostPort() => _text[(Protocol.Length + 3)..];

    /// <inheritdoc/>
    public object Clone() => new Address(Protocol, System, Host, Port);

    /// <inheritdoc/>
    public int CompareTo(Address? other)
    {
        if (other is null)
            return 1;
        var result = string.CompareOrdinal(Host ?? "", other.Host ?? "");
        if (result == 0)
            result = (Port ?? 0).CompareTo(other.Port ?? 0);
        if (result == 0)
            result = string.CompareOrdinal(System, other.System);
        return result != 0 ? result : string.CompareOrdinal(Protocol, other.Protocol);
    }

    int IComparable.CompareTo(object? obj)
        => obj is null or Address ? CompareTo(obj as Address) : throw new ArgumentException($"Cannot compare an Address with a {obj.GetType().Name}.", nameof(obj));

    /// <inheritdoc/>
    public bool Equals(Address? other)
        => ReferenceEquals(this, other) || (other is not null && _hash == other._hash && string.Equals(_text, other._text, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Address other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <inheritdoc/>
    public override string ToString() => _text;
}
