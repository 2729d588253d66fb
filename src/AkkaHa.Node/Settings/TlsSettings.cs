using AkkaHa.Devices.Fencing;

namespace AkkaHa.Node.Settings;

/// <summary>How a node or an operator proves who it is, and whom it believes (<c>akkaha.tls</c>).</summary>
/// <param name="Certificate">Its certificate with the key: a PKCS#12 file.</param>
/// <param name="PasswordFile">A file with the password of that one; null if it has none.</param>
/// <param name="Authority">The certificates (PEM) that the other side's must chain to; null for those the machine trusts.</param>
public sealed record TlsSettings(string Certificate, string? PasswordFile, string? Authority)
{
    /// <summary>The settings of remoting: TLS on, with both sides' certificates demanded. Of null: no TLS.</summary>
    /// <exception cref="InvalidOperationException">The password file cannot be read.</exception>
    public static string Remoting(TlsSettings? tls) => tls is null
        ? "akka.remote.dot-netty.tcp.enable-ssl = off"
        : $$"""
          akka.remote.dot-netty.tcp {
            enable-ssl = on
            ssl {
              certificate { path = {{Quote(tls.Certificate)}}, password = {{Quote(tls.PasswordFile is { } file ? SecretFile.Read(file) : "")}} }
              ca-path = {{Quote(tls.Authority ?? "")}}
              require-mutual-authentication = on
              suppress-validation = off
            }
          }
          """;

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
