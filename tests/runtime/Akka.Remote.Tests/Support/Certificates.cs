using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Akka.Remote.Tests.Support;

/// <summary>A certificate authority that lives as long as a test.</summary>
internal sealed class Certificates : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;
    private readonly string _folder = Directory.CreateTempSubdirectory("remote-tls-").FullName;

    public Certificates(string name)
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(10));
        RootPath = Path.Combine(_folder, "ca.pem");
        File.WriteAllText(RootPath, _root.ExportCertificatePem());
    }

    public string RootPath { get; }

    /// <summary>A certificate with its key in PEM files.</summary>
    public (string Certificate, string Key) IssuePem(string name)
    {
        using var issued = Issue(name, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var certificate = Path.Combine(_folder, $"{name}.pem");
        var key = Path.Combine(_folder, $"{name}.key");
        File.WriteAllText(certificate, issued.ExportCertificatePem());
        using var own = issued.GetECDsaPrivateKey()!;
        File.WriteAllText(key, own.ExportPkcs8PrivateKeyPem());
        return (certificate, key);
    }

    /// <summary>A certificate with its key in a PKCS#12 file.</summary>
    public string IssuePkcs12(string name, string password, TimeSpan? validFor = null, string purpose = "both")
    {
        var end = DateTimeOffset.UtcNow + (validFor ?? TimeSpan.FromDays(1));
        using var issued = Issue(name, end.AddDays(-2), end, purpose);
        var path = Path.Combine(_folder, $"{name}.p12");
        File.WriteAllBytes(path, issued.Export(X509ContentType.Pkcs12, password));
        return path;
    }

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private X509Certificate2 Issue(string name, DateTimeOffset from, DateTimeOffset to, string purpose = "both")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var purposes = new OidCollection();
        if (purpose == "both")
        {
            purposes.Add(new Oid("1.3.6.1.5.5.7.3.1"));
            purposes.Add(new Oid("1.3.6.1.5.5.7.3.2"));
        }
        else
            purposes.Add(new Oid(purpose));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(purposes, false));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(name == "elsewhere" ? IPAddress.Parse("192.0.2.1") : IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var serial = new byte[8];
        RandomNumberGenerator.Fill(serial);
        using var signed = request.Create(_root, from, to, serial);
        return signed.CopyWithPrivateKey(key);
    }
}
