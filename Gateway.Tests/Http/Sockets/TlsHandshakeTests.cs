using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Sockets;

/// <summary>Whom the gateway does not talk to, and that such a peer never sees a byte of a request.</summary>
[TestFixture("epoll")]
[TestFixture("sockets")]
internal sealed class TlsHandshakeTests(string kind)
{
    private const string Name = "provider.test";

    private TestAuthority _authority = null!;
    private TestReactor _reactor = null!;

    [OneTimeSetUp]
    public void Found() => _authority = new TestAuthority();

    [OneTimeTearDown]
    public void Close() => _authority.Dispose();

    [SetUp]
    public void Start() => _reactor = new TestReactor(kind);

    [TearDown]
    public async Task No_block_is_leaked()
    {
        var rented = await _reactor.RunAsync(() => _reactor.Reactor.Blocks.RentedBlocks);
        _reactor.Dispose();
        Assert.That(rented, Is.Zero);
    }

    [Test]
    public async Task Trusts_the_authority_of_the_file_for_the_right_name()
    {
        var (failure, seen) = await ShakeAsync(_authority.Sign(Name), _authority.CaFile);
        Assert.That((failure, seen), Is.EqualTo(("", "request")));
    }

    [Test]
    public async Task Refuses_another_name()
    {
        var (failure, seen) = await ShakeAsync(_authority.Sign("elsewhere.test"), _authority.CaFile);
        Assert.That(failure, Does.Contain("RemoteCertificateNameMismatch").Or.Contain("hostname mismatch"));
        Assert.That(seen, Is.Empty);
    }

    [TestCase("*.provider.test", "api.provider.test", true)]
    [TestCase("*.provider.test", "provider.test", false)]
    [TestCase("*.provider.test", "a.api.provider.test", false)]
    [TestCase("provider.test", "127.0.0.1", true)]
    [TestCase("provider.test", "127.0.0.2", false)]
    public async Task Goes_by_the_names_and_addresses_of_the_certificate(string certified, string asked, bool isTrusted)
    {
        var (failure, seen) = await ShakeAsync(_authority.Sign(certified), _authority.CaFile, name: asked);
        Assert.That((failure.Length == 0, seen), Is.EqualTo((isTrusted, isTrusted ? "request" : "")), failure);
    }

    [Test]
    public async Task Refuses_the_certificate_of_a_client()
    {
        var (failure, seen) = await ShakeAsync(_authority.SignClient(Name), _authority.CaFile);
        Assert.That(failure, Is.Not.Empty);
        Assert.That(seen, Is.Empty);
    }

    [Test]
    [SupportedOSPlatform("linux")]
    public async Task Does_not_shake_hands_once_more_in_tls_1_2()
    {
#pragma warning disable CA5398 // on purpose
        using var peer = new TlsPeer(_authority.Sign(Name), SslProtocols.Tls12);
#pragma warning restore CA5398
        var settings = await TlsSettings.LoadAsync(Name, _authority.CaFile);
        var accepting = peer.AcceptAsync();
        var client = await _reactor.RunAsync(async () =>
        {
            var secure = await ConnectAsync(peer, settings);
            Assert.That(await secure.ConnectedAsync(), secure.ConnectFault);
            return secure;
        });
        using var session = await accepting;
        var renegotiating = session.Tls.NegotiateClientCertificateAsync();
        var reader = await _reactor.RunAsync(async () =>
        {
            var reader = new ConnectionReader(client);
            await reader.ReadAsync();
            return reader;
        });
        await _reactor.RunAsync(() =>
        {
            client.Close();
            reader.Complete();
        });
        await Assert.ThatAsync(() => renegotiating.Soon(), Throws.Exception.Not.InstanceOf<TimeoutException>());
    }

    [Test]
    public async Task Refuses_an_authority_it_does_not_know([Values] bool withFile)
    {
        using var other = new TestAuthority();
        var (failure, seen) = await ShakeAsync(_authority.Sign(Name), withFile ? other.CaFile : null);
        Assert.That(failure, Does.Contain("UntrustedRoot").Or.Contain("PartialChain").Or.Contain("unable to get local issuer certificate"));
        Assert.That(seen, Is.Empty);
    }

    [Test]
    public async Task Refuses_what_has_expired()
    {
        var (failure, seen) = await ShakeAsync(_authority.Sign(Name, daysFromNow: -1), _authority.CaFile);
        Assert.That(failure, Does.Contain("NotTimeValid").Or.Contain("certificate has expired"));
        Assert.That(seen, Is.Empty);
    }

    [Test]
    public async Task Refuses_tls_below_1_2()
    {
#pragma warning disable SYSLIB0039, CA5397 // that they are obsolete is the point
        var (failure, seen) = await ShakeAsync(_authority.Sign(Name), _authority.CaFile, SslProtocols.Tls | SslProtocols.Tls11);
#pragma warning restore SYSLIB0039, CA5397
        Assert.That(failure, Is.Not.Empty);
        Assert.That(seen, Is.Empty);
    }

    [Test]
    public async Task Speaks_tls_1_2_as_well()
    {
#pragma warning disable CA5398 // on purpose
        var (failure, seen) = await ShakeAsync(_authority.Sign(Name), _authority.CaFile, SslProtocols.Tls12);
#pragma warning restore CA5398
        Assert.That((failure, seen), Is.EqualTo(("", "request")));
    }

    [TestCase("reset")]
    [TestCase("end")]
    [TestCase("garbage")]
    public async Task A_peer_that_breaks_off_or_talks_nonsense_is_a_failure(string way)
    {
        using var peer = new TlsPeer(_authority.Sign(Name));
        var shaking = HandshakeAsync(peer, _authority.CaFile);
        using var socket = await peer.AcceptRawAsync();
        await socket.ReceiveAsync(new byte[5]).Soon();
        switch (way)
        {
            case "reset":
                TestReactor.Reset(socket);
                break;
            case "end":
                socket.Shutdown(SocketShutdown.Both);
                break;
            default:
                await socket.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
                break;
        }

        Assert.That(await shaking, Is.Not.Empty);
    }

    [Test]
    public async Task Close_ends_a_handshake_that_hangs()
    {
        using var peer = new TlsPeer(_authority.Sign(Name));
        var settings = await TlsSettings.LoadAsync(Name, _authority.CaFile);
        Connection? secure = null;
        var shaking = _reactor.RunAsync(async () =>
        {
            secure = await ConnectAsync(peer, settings);
            return await secure.ConnectedAsync();
        });
        using var socket = await peer.AcceptRawAsync();
        await socket.ReceiveAsync(new byte[5]).Soon();
        await _reactor.RunAsync(() => secure!.Close(reset: true));
        Assert.That(await shaking, Is.False);
    }

    [Test]
    public async Task A_file_without_a_certificate_is_an_error_of_its_own()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "nothing here");
        Assert.That(() => TlsSettings.LoadAsync(Name, file), Throws.InstanceOf<CryptographicException>());
        File.Delete(file);
        Assert.That(() => TlsSettings.LoadAsync(Name, file), Throws.InstanceOf<FileNotFoundException>());
    }

    /// <summary>Shakes hands and then sends a request, as the gateway would; tells why not, and what the server saw.</summary>
    private async Task<(string Failure, string Seen)> ShakeAsync(
        X509Certificate2 certificate, string? caFile, SslProtocols protocols = SslProtocols.None, string name = Name)
    {
        using var peer = new TlsPeer(certificate, protocols);
        var serving = ServeAsync(peer);
        var failure = await HandshakeAsync(peer, caFile, name);
        return (failure, await serving);
    }

    private static async Task<string> ServeAsync(TlsPeer peer)
    {
        try
        {
            using var session = await peer.AcceptAsync();
            using var reader = new StreamReader(session.Tls);
            return await TestReactor.WithinAsync(reader.ReadToEndAsync());
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            return "";
        }
    }

    private async Task<string> HandshakeAsync(TlsPeer peer, string? caFile, string name = Name)
    {
        var settings = await TlsSettings.LoadAsync(name, caFile);
        return await _reactor.RunAsync(async () =>
        {
            var secure = await ConnectAsync(peer, settings);
            var isSecure = await secure.ConnectedAsync();
            var writer = new ConnectionWriter(secure);
            writer.Write("request"u8);
            var isSent = !(await writer.FlushAsync()).IsCompleted;
            await writer.CompleteAsync();
            secure.Close();
            Assert.That(isSecure, Is.EqualTo(isSent));
            return secure.ConnectFault;
        });
    }

    private async ValueTask<Connection> ConnectAsync(TlsPeer peer, TlsSettings settings)
    {
        var connection = _reactor.Reactor.Connect(peer.EndPoint);
        await connection.ConnectedAsync();
        return settings.Secure(connection);
    }
}
