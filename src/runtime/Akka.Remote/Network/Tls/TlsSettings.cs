using Akka.Configuration;

namespace Akka.Remote.Network.Tls;

/// <summary>The settings of <c>akka.remote.dot-netty.tcp.ssl</c>.</summary>
internal sealed record TlsSettings(
    string CertificatePath,
    string Password,
    string KeyPath,
    string CaPath,
    bool RequireMutualAuthentication,
    bool ValidateHostname,
    bool SuppressValidation)
{
    public static TlsSettings From(Config ssl) => new(
        ssl.GetString("certificate.path") ?? string.Empty,
        ssl.GetString("certificate.password") ?? string.Empty,
        ssl.GetString("certificate.key-path") ?? string.Empty,
        ssl.GetString("ca-path") ?? string.Empty,
        ssl.GetBoolean("require-mutual-authentication", true),
        ssl.GetBoolean("validate-certificate-hostname"),
        ssl.GetBoolean("suppress-validation"));
}
