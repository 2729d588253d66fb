using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AkkaHa.Devices.Security;

/// <summary>
/// A certificate authority of one cluster, in a folder: <c>ca.pem</c> for everybody, <c>ca-key.pem</c> for nobody but who issues certificates.
/// Whoever holds a certificate of it is a node or an operator of the cluster; nobody else is answered (RFC 5280, mutual TLS).
/// </summary>
/// <param name="folder">The folder of the authority.</param>
/// <param name="time">When certificates begin to be valid.</param>
public sealed class CertificateAuthority(string folder, TimeProvider time)
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";
    private const int SerialBytes = 16;

    // Clocks of the nodes may be apart by as much without a new certificate being refused.
    private static readonly TimeSpan Backdated = TimeSpan.FromHours(1);

    /// <summary>What everybody's certificate is checked against (PEM).</summary>
    public string CertificateFile => Path.Combine(folder, "ca.pem");

    private string KeyFile => Path.Combine(folder, "ca-key.pem");

    /// <summary>Makes a new authority.</summary>
    /// <param name="name">What it is called in its own certificate.</param>
    /// <param name="validity">How long what it issues can be valid at most.</param>
    /// <exception cref="InvalidOperationException">There is one in the folder already: its certificates would be worth nothing afterwards.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Create(string name, TimeSpan validity)
    {
        if (File.Exists(CertificateFile) || File.Exists(KeyFile))
            throw new InvalidOperationException($"{folder} holds a certificate authority already; nothing was changed.");
        Directory.CreateDirectory(folder);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName($"CN={name}"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now - Backdated, now + validity);
        Write(KeyFile, System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem() + "\n");
    }

    /// <summary>Issues a certificate with a new key, as PKCS#12 that only its owner can read.</summary>
    /// <param name="name">A node's name, or who the operator is.</param>
    /// <param name="hosts">Host names and addresses that the holder is reached by.</param>
    /// <param name="file">Where to write it.</param>
    /// <param name="password">Encrypts the file; null for a file that only its mode protects.</param>
    /// <param name="validity">How long it is valid; never longer than the authority itself.</param>
    /// <exception cref="InvalidOperationException">There is no authority in the folder, its key cannot be used, or the file exists.</exception>
    public void Issue(string name, IReadOnlyCollection<string> hosts, string file, string? password, TimeSpan validity)
    {
        if (!File.Exists(CertificateFile) || !File.Exists(KeyFile))
            throw new InvalidOperationException($"{folder} holds no certificate authority; make one with 'akkaha certificate authority --folder {folder}'.");
        if (File.Exists(file))
            throw new InvalidOperationException($"{file} is there already; nothing was changed.");
        using var authority = X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName($"CN={name}"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerUse), new Oid(ClientUse)], false));
        request.CertificateExtensions.Add(Names(hosts.Count > 0 ? hosts : [name]));
        var now = time.GetUtcNow();
        var end = now + validity;
        if (end > authority.NotAfter)
            end = authority.NotAfter;
        using var issued = request.Create(authority, now - Backdated, end, RandomNumberGenerator.GetBytes(SerialBytes));
        using var own = issued.CopyWithPrivateKey(key);
        Write(file, own.Export(X509ContentType.Pkcs12, password));
    }

    private static X509Extension Names(IEnumerable<string> hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        }

        return names.Build();
    }

    // The mode is given when the file is made: nobody can open it in between.
    private static void Write(string file, byte[] content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(file, options);
        stream.Write(content);
    }
}
