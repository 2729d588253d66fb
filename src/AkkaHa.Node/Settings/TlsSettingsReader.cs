using AkkaHa.Devices.Fencing;
using Hocon;

namespace AkkaHa.Node.Settings;

/// <summary>Reads <c>akkaha.tls</c>, of a node's file or of an operator's.</summary>
public static class TlsSettingsReader
{
    /// <summary>Reads the section of a file; null where it names no certificate.</summary>
    /// <exception cref="SettingsException">The file cannot be read, or what it names cannot be used.</exception>
    public static TlsSettings? ReadFile(string path)
    {
        var own = SettingsReader.Parse(path);
        var reference = HoconConfigurationFactory.FromResource("AkkaHa.Node.reference.conf", typeof(TlsSettingsReader).Assembly);
        return Read(new Section(own.WithFallback(reference), "", path).Child("akkaha").Child("tls"));
    }

    internal static TlsSettings? Read(Section section)
    {
        var certificate = section.TextOrNone("certificate");
        var password = section.TextOrNone("password-file");
        var authority = section.TextOrNone("authority");
        if (certificate is null)
        {
            return password is null && authority is null
                ? null
                : throw section.Wrong("certificate", "is empty, but a password or an authority is given; expected the path of a PKCS#12 file");
        }

        // Whoever can read it is a node of the cluster.
        if (SecretFile.Problem(certificate) is { } open)
            throw section.Wrong("certificate", $"cannot be used: {open}");
        if (password is not null && SecretFile.Problem(password) is { } problem)
            throw section.Wrong("password-file", $"cannot be used: {problem}");
        return new TlsSettings(certificate, password, authority);
    }
}
