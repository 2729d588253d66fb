using System.Security.Cryptography.X509Certificates;
using AkkaHa.Devices.Fencing;
using AkkaHa.Devices.Security;

namespace AkkaHa.Devices.Tests.Security;

public sealed class CertificateAuthorityTests : IDisposable
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    private readonly string _folder = Directory.CreateTempSubdirectory("akkaha-ca-").FullName;
    private readonly NewYear _time = new();

    private CertificateAuthority Authority => new(Path.Combine(_folder, "ca"), _time);

    private string Certificate => Path.Combine(_folder, "pve1.p12");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_it_issues_chains_to_it_names_its_holder_and_serves_both_sides_of_a_connection()
    {
        Authority.Create("test", Year);
        Authority.Issue("pve1", ["10.0.0.1", "pve1.example.org"], Certificate, "secret", Year);

        using var issued = X509CertificateLoader.LoadPkcs12FromFile(Certificate, "secret");
        using var root = X509CertificateLoader.LoadCertificateFromFile(Authority.CertificateFile);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = _time.GetUtcNow().UtcDateTime;

        Assert.True(chain.Build(issued), string.Join(", ", chain.ChainStatus.Select(s => s.StatusInformation)));
        Assert.True(issued.HasPrivateKey);
        Assert.Equal("CN=pve1", issued.Subject);
        Assert.True(issued.MatchesHostname("10.0.0.1"));
        Assert.True(issued.MatchesHostname("pve1.example.org"));
        Assert.False(issued.MatchesHostname("pve2.example.org"));
    }

    [Fact]
    public void Keys_can_be_read_by_their_owner_only()
    {
        Authority.Create("test", Year);
        Authority.Issue("pve1", [], Certificate, null, Year);

        foreach (var file in new[] { Certificate, Path.Combine(_folder, "ca", "ca-key.pem") })
            Assert.Null(SecretFile.Problem(file));
    }

    [Fact]
    public void Nothing_that_is_there_is_written_over()
    {
        Authority.Create("test", Year);
        Authority.Issue("pve1", [], Certificate, null, Year);
        var before = File.ReadAllBytes(Certificate);

        Assert.Contains("already", Assert.Throws<InvalidOperationException>(() => Authority.Create("again", Year)).Message, StringComparison.Ordinal);
        Assert.Contains("already", Assert.Throws<InvalidOperationException>(() => Authority.Issue("pve1", [], Certificate, null, Year)).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Certificate));
    }

    [Fact]
    public void Nothing_outlives_the_authority()
    {
        Authority.Create("test", Year);
        Authority.Issue("pve1", [], Certificate, null, 3 * Year);

        using var issued = X509CertificateLoader.LoadPkcs12FromFile(Certificate, null);
        Assert.Equal(_time.GetUtcNow() + Year, issued.NotAfter.ToUniversalTime());
    }

    private sealed class NewYear : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
