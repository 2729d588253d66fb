using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Configuration;

namespace Akka.Remote.Network.Tls;

/// <summary>Reads certificates and keys from their files.</summary>
internal static class TlsCertificates
{
    private const string PemMarker = "-----BEGIN ";

    /// <summary>This system's own certificate with its key, and the intermediate certificates that stand in the same file.</summary>
    /// <exception cref="ConfigurationException">The file is missing, or holds no certificate with a key.</exception>
    public static (X509Certificate2 Certificate, X509Certificate2Collection Intermediates) LoadOwn(TlsSettings settings)
    {
        if (settings.CertificatePath.Length == 0)
            throw new ConfigurationException("akka.remote.dot-netty.tcp.enable-ssl is on, but ssl.certificate.path names no certificate.");
        try
        {
            var bytes = File.ReadAllBytes(settings.CertificatePath);
            var own = IsPem(bytes) ? LoadPem(settings) : LoadPkcs12(bytes, settings.Password);
            return own.Certificate.HasPrivateKey
                ? own
                : throw new ConfigurationException($"The certificate file '{settings.CertificatePath}' holds no private key; set ssl.certificate.key-path or use PKCS#12 with the key.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new ConfigurationException($"The TLS certificate '{settings.CertificatePath}' of remoting cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>The certificates that others must chain to; null if the machine's trust store decides.</summary>
    /// <exception cref="ConfigurationException">The file is missing, or holds no certificate.</exception>
    public static X509Certificate2Collection? LoadTrusted(TlsSettings settings)
    {
        if (settings.CaPath.Length == 0)
            return null;
        try
        {
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPemFile(settings.CaPath);
            return trusted.Count > 0
                ? trusted
                : throw new ConfigurationException($"The file '{settings.CaPath}' (ssl.ca-path) holds no PEM certificate.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ConfigurationException($"The CA certificates '{settings.CaPath}' of remoting cannot be read: {unreadable.Message}", unreadable);
        }
    }

    private static bool IsPem(ReadOnlySpan<byte> bytes) => bytes.IndexOf(System.Text.Encoding.ASCII.GetBytes(PemMarker)) >= 0;

    private static (X509Certificate2 Certificate, X509Certificate2Collection Intermediates) LoadPem(TlsSettings settings)
    {
        var keyPath = settings.KeyPath.Length == 0 ? null : settings.KeyPath;
        var certificate = settings.Password.Length == 0
            ? X509Certificate2.CreateFromPemFile(settings.CertificatePath, keyPath)
            : X509Certificate2.CreateFromEncryptedPemFile(settings.CertificatePath, settings.Password, keyPath);
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(settings.CertificatePath);
        return (certificate, Others(all, certificate));
    }

    private static (X509Certificate2 Certificate, X509Certificate2Collection Intermediates) LoadPkcs12(byte[] bytes, string password)
    {
        var all = X509CertificateLoader.LoadPkcs12Collection(bytes, password);
        var certificate = all.FirstOrDefault(candidate => candidate.HasPrivateKey) ?? all[0];
        return (certificate, Others(all, certificate));
    }

    private static X509Certificate2Collection Others(X509Certificate2Collection all, X509Certificate2 own)
    {
        var others = new X509Certificate2Collection();
        foreach (var candidate in all)
        {
            if (candidate.Thumbprint != own.Thumbprint)
                others.Add(candidate);
        }

        return others;
    }
}
