using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Akka.Remote.Network.Tls;

/// <summary>
/// Mutual authentication over TLS 1.2 or 1.3: each side shows its certificate, and it must be valid now, be meant for
/// its role, and chain to the configured CA.
/// </summary>
internal sealed class TlsAuthentication
{
    private const string ServerAuthenticationOid = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthenticationOid = "1.3.6.1.5.5.7.3.2";
    private const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    private readonly TlsSettings _settings;
    private readonly X509Certificate2Collection? _trusted;
    private readonly SslStreamCertificateContext _own;

    /// <exception cref="Akka.Configuration.ConfigurationException">A file is missing or unusable.</exception>
    public TlsAuthentication(TlsSettings settings)
    {
        _settings = settings;
        var (certificate, intermediates) = TlsCertificates.LoadOwn(settings);
        _trusted = TlsCertificates.LoadTrusted(settings);
        _own = SslStreamCertificateContext.Create(certificate, intermediates, offline: true);
    }

    /// <summary>Authenticates as the side that dialled.</summary>
    /// <exception cref="AuthenticationException">The other side's certificate is refused, or it refuses ours.</exception>
    public async Task<SslStream> ConnectAsync(Stream plain, string host, CancellationToken cancellation)
    {
        var tls = new SslStream(plain, leaveInnerStreamOpen: false);
        string? refusal = null;
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = host,
                    ClientCertificateContext = _own,
                    EnabledSslProtocols = Protocols,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                        (refusal = ReasonToRefuse(certificate, chain, errors, ServerAuthenticationOid)) is null,
                },
                cancellation).ConfigureAwait(false);
            return tls;
        }
        catch (AuthenticationException failed) when (refusal is not null)
        {
            throw new AuthenticationException(refusal, failed);
        }
    }

    /// <summary>Authenticates as the side that was dialled.</summary>
    /// <exception cref="AuthenticationException">The other side's certificate is missing or refused, or it refuses ours.</exception>
    public async Task<SslStream> AcceptAsync(Stream plain, CancellationToken cancellation)
    {
        var tls = new SslStream(plain, leaveInnerStreamOpen: false);
        string? refusal = null;
        try
        {
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = _own,
                    ClientCertificateRequired = _settings.RequireMutualAuthentication,
                    EnabledSslProtocols = Protocols,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                        (refusal = ReasonToRefuse(certificate, chain, errors, ClientAuthenticationOid)) is null,
                },
                cancellation).ConfigureAwait(false);
            return tls;
        }
        catch (AuthenticationException failed) when (refusal is not null)
        {
            throw new AuthenticationException(refusal, failed);
        }
    }

    private string? ReasonToRefuse(X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors, string purpose)
    {
        if (_settings.SuppressValidation)
            return null;
        var isServer = purpose == ServerAuthenticationOid;
        if (certificate is null)
            return isServer || _settings.RequireMutualAuthentication ? "The peer shows no certificate." : null;
        if (isServer && _settings.ValidateHostname && errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"The certificate '{certificate.Subject}' does not name the host that was dialled.";

        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(purpose));
        if (presented is not null)
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        if (_trusted is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(_trusted);
        }

        using var peer = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(peer)
            ? null
            : $"The certificate '{peer.Subject}' is refused: {string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation.Trim()))}";
    }
}
