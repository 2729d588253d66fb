namespace Akka.Remote.Tests.Support;

/// <summary>The configuration of a system that talks TLS.</summary>
internal static class TlsConfig
{
    public const string Password = "correct horse";

    public static string Ssl(string certificate, Certificates trusted, string more = "", string password = Password) =>
        $$"""
        akka.remote.dot-netty.tcp {
          enable-ssl = on
          ssl {
            certificate { path = "{{certificate}}", password = "{{password}}" }
            ca-path = "{{trusted.RootPath}}"
            {{more}}
          }
        }
        """;
}
