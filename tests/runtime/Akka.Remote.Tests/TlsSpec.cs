using System.Net.Security;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote.Tests.Support;
using Xunit.Abstractions;
using static Akka.Remote.Tests.Support.TlsConfig;

namespace Akka.Remote.Tests;

public class TlsSpec(ITestOutputHelper output) : RemoteSpec(output)
{
    private const string EmailProtection = "1.3.6.1.5.5.7.3.4";

    private readonly Certificates _ca = new("cluster CA");
    private readonly Certificates _otherCa = new("another CA");

    [Fact]
    public void Systems_with_certificates_of_the_same_CA_talk()
    {
        var one = Start("one", Ssl(_ca.IssuePkcs12("one", Password), _ca));
        var other = Start("other", Ssl(_ca.IssuePkcs12("other", Password), _ca));
        AssertTalk(one, other);
    }

    [Fact]
    public void Certificates_may_be_PEM_files()
    {
        var (certificate, key) = _ca.IssuePem("pem");
        var one = Start("one", $"{Ssl(certificate, _ca, password: "")}\nakka.remote.dot-netty.tcp.ssl.certificate.key-path = \"{key}\"");
        var other = Start("other", Ssl(_ca.IssuePkcs12("other", Password), _ca));
        AssertTalk(one, other);
        AssertTalk(other, one);
    }

    [Fact]
    public void A_large_exchange_over_TLS_keeps_its_order()
    {
        var one = Start("one", Ssl(_ca.IssuePkcs12("one", Password), _ca));
        var other = Start("other", Ssl(_ca.IssuePkcs12("other", Password), _ca));
        var probe = Probe(one);
        var echo = At(one, other, StartEcho(other));
        for (var i = 0; i < 5000; i++)
            echo.Tell(i, probe.Ref);
        for (var i = 0; i < 5000; i++)
            probe.ExpectMsg(i, Long);
    }

    [Fact]
    public void A_certificate_of_another_CA_is_refused_by_whoever_is_dialled()
    {
        var node = Start("node", Ssl(_ca.IssuePkcs12("node", Password), _ca));
        var intruder = Start("intruder", Ssl(_otherCa.IssuePkcs12("intruder", Password), _ca));
        AssertDoNotTalk(intruder, node);
    }

    [Fact]
    public void A_certificate_of_another_CA_is_refused_by_whoever_dials()
    {
        var node = Start("node", Ssl(_ca.IssuePkcs12("node", Password), _ca));
        var intruder = Start("intruder", Ssl(_otherCa.IssuePkcs12("intruder", Password), _ca, "suppress-validation = on"));
        AssertDoNotTalk(node, intruder);
    }

    [Fact]
    public void An_expired_certificate_is_refused()
    {
        var node = Start("node", Ssl(_ca.IssuePkcs12("node", Password), _ca));
        var late = Start("late", Ssl(_ca.IssuePkcs12("late", Password, TimeSpan.FromHours(-1)), _ca));
        AssertDoNotTalk(late, node);
        AssertDoNotTalk(node, late);
    }

    [Fact]
    public void A_certificate_for_another_purpose_is_refused()
    {
        var node = Start("node", Ssl(_ca.IssuePkcs12("node", Password), _ca));
        var mailer = Start("mailer", Ssl(_ca.IssuePkcs12("mailer", Password, purpose: EmailProtection), _ca, "suppress-validation = on"));
        AssertDoNotTalk(mailer, node);
        AssertDoNotTalk(node, mailer);
    }

    [Fact]
    public void Whoever_dials_without_a_certificate_is_closed()
    {
        var node = Start("node", Ssl(_ca.IssuePkcs12("node", Password), _ca));
        using var client = new TcpClient("127.0.0.1", AddressOf(node).Port!.Value) { ReceiveTimeout = (int)Long.TotalMilliseconds };
        using var tls = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
        Assert.ThrowsAny<IOException>(() =>
        {
            tls.AuthenticateAsClient("node");
            // With TLS 1.3 the refusal of a missing certificate comes after the client's handshake is through.
            if (tls.ReadByte() < 0)
                throw new IOException("closed");
        });
    }

    [Fact]
    public void Whoever_dials_without_TLS_is_closed()
    {
        var node = Start("node", Ssl(_ca.IssuePkcs12("node", Password), _ca));
        AssertDoNotTalk(Sys, node);
    }

    [Fact]
    public void A_certificate_that_does_not_name_the_dialled_host_is_refused_where_that_is_asked_for()
    {
        var node = Start("node", Ssl(_ca.IssuePkcs12("node", Password), _ca, "validate-certificate-hostname = on"));
        var elsewhere = Start("elsewhere", Ssl(_ca.IssuePkcs12("elsewhere", Password), _ca));
        var good = Start("good", Ssl(_ca.IssuePkcs12("good", Password), _ca));
        AssertDoNotTalk(node, elsewhere);
        AssertTalk(node, good);
    }

    [Fact]
    public void With_suppressed_validation_any_certificate_will_do()
    {
        var one = Start("one", Ssl(_ca.IssuePkcs12("one", Password), _ca, "suppress-validation = on"));
        var other = Start("other", Ssl(_otherCa.IssuePkcs12("other", Password), _otherCa, "suppress-validation = on"));
        AssertTalk(one, other);
    }

    [Fact]
    public void A_missing_certificate_file_is_named_at_the_start()
    {
        var failure = Assert.ThrowsAny<Exception>(() => Start("node", Ssl("/no/such/file.p12", _ca)));
        Assert.Contains(Chain(failure), e => e is ConfigurationException && e.Message.Contains("/no/such/file.p12"));
    }

    [Fact]
    public void A_wrong_password_is_a_configuration_error()
    {
        var failure = Assert.ThrowsAny<Exception>(() => Start("node", Ssl(_ca.IssuePkcs12("node", Password), _ca, password: "wrong")));
        Assert.Contains(Chain(failure), e => e is ConfigurationException);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _ca.Dispose();
        _otherCa.Dispose();
    }

    private static IEnumerable<Exception> Chain(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
            yield return failure;
    }

    private void AssertTalk(ActorSystem from, ActorSystem to)
    {
        var probe = Probe(from);
        At(from, to, StartEcho(to, $"echo-{from.Name}")).Tell("hello", probe.Ref);
        probe.ExpectMsg("hello", Long);
    }

    private void AssertDoNotTalk(ActorSystem from, ActorSystem to)
    {
        var probe = Probe(from);
        from.EventStream.Subscribe(probe.Ref, typeof(AssociationErrorEvent));
        At(from, to, StartEcho(to, $"echo-{from.Name}")).Tell("hello", probe.Ref);
        Assert.Equal(AddressOf(to), probe.ExpectMsg<AssociationErrorEvent>(Long).RemoteAddress);
        probe.ExpectNoMsg(Quiet);
        Assert.Equal(0, RemotingOf(to).Counters.UnknownMessages);
    }
}
