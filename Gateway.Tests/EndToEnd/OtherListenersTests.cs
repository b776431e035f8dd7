using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Gateway.Host.Cli;
using Gateway.Host.Cli.Client;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>What a real process listens on besides its port: TLS, a Unix socket, the management API apart.</summary>
[TestFixture("epoll"), TestFixture("sockets")]
[Platform("Linux")]
internal sealed class OtherListenersTests(string transport)
{
    private DirectoryInfo _folder = null!;
    private TestAuthority _authority = null!;

    private string Certificate => Path.Combine(_folder.FullName, "cert.pem");

    private string Key => Path.Combine(_folder.FullName, "key.pem");

    private string Socket => Path.Combine(_folder.FullName, "g.sock");

    [SetUp]
    public void Prepare()
    {
        _folder = Directory.CreateTempSubdirectory("gw");
        _authority = new TestAuthority();
        Install(_authority.Sign("localhost"));
    }

    [TearDown]
    public void Forget()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task A_client_that_comes_by_TLS_is_served()
    {
        var port = FreePort.Take();
        await using var gateway = await GatewayProcess.StartListeningAsync(Config(Tls(port)));
        using var client = Secure(port);
        for (var i = 0; i < 2; i++)
        {
            var (status, text) = await AskAsync(client);
            Assert.That((status, text.Contains("event: message_stop", StringComparison.Ordinal)), Is.EqualTo((200, true)));
        }

        await gateway.TerminateAsync();
        Assert.That(await gateway.ExitAsync(), Is.Zero);
    }

    [Test]
    public async Task Clients_without_a_certificate_are_refused_where_one_is_asked_for()
    {
        var port = FreePort.Take();
        await using var gateway = await GatewayProcess.StartListeningAsync(Config(Tls(port, $", \"client_ca_file\": \"{_authority.CaFile}\"")));
        using var stranger = Secure(port);
        Assert.That(async () => await stranger.GetAsync("/health").Soon(), Throws.InstanceOf<HttpRequestException>());

        using var other = new TestAuthority();
        using var forged = Secure(port, other.Sign("client"));
        Assert.That(async () => await forged.GetAsync("/health").Soon(), Throws.InstanceOf<HttpRequestException>());

        using var known = Secure(port, _authority.SignClient("client"));
        using var response = await known.GetAsync("/health").Soon();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_reload_takes_a_new_certificate_and_keeps_the_old_one_where_that_is_no_good()
    {
        var port = FreePort.Take();
        await using var gateway = await GatewayProcess.StartListeningAsync(Config(Tls(port)));
        var first = await ShownAsync(port);

        await File.WriteAllTextAsync(Certificate, "no certificate");
        await gateway.SignalAsync("HUP");
        await gateway.LineAsync("certificate_kept");
        Assert.That(await ShownAsync(port), Is.EqualTo(first));

        using var renewed = _authority.Sign("localhost");
        Install(renewed);
        await gateway.SignalAsync("HUP");
        await gateway.LineAsync("config_");
        await gateway.LineAsync("config_");
        Assert.That(await ShownAsync(port), Is.EqualTo(renewed.Thumbprint));
    }

    [Test]
    public async Task A_client_that_does_not_shake_hands_is_cut()
    {
        var port = FreePort.Take();
        await using var gateway = await GatewayProcess.StartListeningAsync(Config($"\"head_timeout_seconds\": 1, {Tls(port)}"));
        using var client = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        await client.ExpectEndAsync(allowReset: true);
    }

    [Test]
    public async Task TLS_without_a_usable_certificate_does_not_start()
    {
        await File.WriteAllTextAsync(Key, "no key");
        await using var gateway = GatewayProcess.Start(Config(Tls(FreePort.Take())));
        Assert.That(await gateway.ExitAsync(), Is.EqualTo(ExitCodes.Configuration));
        Assert.That(gateway.Output, Does.Contain("claude_gateway.tls"));
    }

    [Test]
    public async Task A_Unix_socket_serves_its_owner_and_goes_with_the_gateway()
    {
        await using (var gateway = await GatewayProcess.StartListeningAsync(Config($"\"unix_socket\": \"{Socket}\"")))
        {
            Assert.That(new FileInfo(Socket).UnixFileMode, Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            using var client = Local(Socket);
            Assert.That((await AskAsync(client)).Status, Is.EqualTo(200));

            await using var second = GatewayProcess.Start(Config($"\"unix_socket\": \"{Socket}\""));
            Assert.That(await second.ExitAsync(), Is.EqualTo(ExitCodes.Failure));
            Assert.That(second.Output, Does.Contain($"cannot listen on {Socket}"));
            await gateway.TerminateAsync();
            Assert.That(await gateway.ExitAsync(), Is.Zero);
        }

        Assert.That(File.Exists(Socket), Is.False);
    }

    [Test]
    public async Task A_Unix_socket_that_a_crash_left_behind_makes_room()
    {
        await using (var crashed = await GatewayProcess.StartListeningAsync(Config($"\"unix_socket\": \"{Socket}\"")))
        {
            await crashed.SignalAsync("KILL");
            await crashed.ExitAsync();
        }

        Assert.That(File.Exists(Socket));
        await using var gateway = await GatewayProcess.StartListeningAsync(Config($"\"unix_socket\": \"{Socket}\""));
        using var client = Local(Socket);
        using var response = await client.GetAsync("/health").Soon();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_management_API_may_have_a_listener_of_its_own()
    {
        var key = Path.Combine(_folder.FullName, "management");
        PrivateFile.Write(key, "the-operators-key\n");
        await using var gateway = await GatewayProcess.StartListeningAsync(
            Config($"\"management\": {{ \"unix_socket\": \"{Socket}\", \"key_file\": \"{key}\" }}"));
        using var api = new HttpClient { BaseAddress = new Uri($"http://{gateway.EndPoint}") };
        using var management = Local(Socket);

        Assert.That(await StatusOf(api, "/metrics"), Is.EqualTo(404));
        Assert.That(await StatusOf(api, "/health"), Is.EqualTo(200));
        Assert.That(await StatusOf(management, "/metrics"), Is.EqualTo(200));
        Assert.That(await StatusOf(management, "/health/detailed"), Is.EqualTo(200));
        Assert.That((await AskAsync(management)).Status, Is.EqualTo(404));
        using var reload = new HttpRequestMessage(HttpMethod.Post, "/config/reload") { Content = new StringContent("{}", MediaTypeHeaderValue.Parse("application/json")) };
        reload.Headers.Add("x-management-key", "the-operators-key");
        using var reloaded = await management.SendAsync(reload).Soon();
        Assert.That((int)reloaded.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task Operators_watch_by_a_listener_of_their_own_until_the_last_stream_has_ended()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var provider = new ScriptedProvider();
        provider.Next(exchange => exchange.StreamAsync(goOn.Task, Samples.Events));
        await using var gateway = await GatewayProcess.StartListeningAsync(TestGateway.ConfigFor(
            provider, listener: $"\"transport\": \"{transport}\", \"reactors\": 2, \"management\": {{ \"unix_socket\": \"{Socket}\" }}"));
        using var client = await RawClient.ConnectAsync(gateway.EndPoint);
        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        await client.ReadHeadAsync();
        using var management = Local(Socket);
        using var events = await management.GetStreamAsync("/events").Soon();

        await gateway.TerminateAsync();
        await gateway.LineAsync("\"stopping\"");

        Assert.That(await StatusOf(management, "/readyz"), Is.EqualTo(503));
        Assert.That(await management.GetStringAsync("/health/detailed").Soon(), Does.Contain("draining"));
        Assert.That(await management.GetStringAsync("/metrics").Soon(), Does.Contain("\ngateway_inflight_streams 1\n"));
        goOn.SetResult();
        await client.ReadUntilAsync("\r\n0\r\n\r\n");

        // Whoever follows the events sees the last stream end, and holds nobody up.
        using var reader = new StreamReader(events);
        Assert.That(await reader.ReadToEndAsync().Soon(), Does.Contain("event: exchange"));
        Assert.That(await gateway.ExitAsync(), Is.Zero, gateway.Output);
        Assert.That(gateway.Output, Does.Contain("\"cut_connections\":0"));
        Assert.That(File.Exists(Socket), Is.False);
    }

    [Test]
    public async Task An_upgrade_hands_all_of_them_over()
    {
        var port = FreePort.Take();
        await using var gateway = await GatewayProcess.StartListeningAsync(
            Config($"{Tls(port)}, \"unix_socket\": \"{Socket}\""));
        await gateway.UpgradeAsync();

        using var secure = Secure(port);
        Assert.That(await StatusOf(secure, "/health"), Is.EqualTo(200));
        using var local = Local(Socket);
        Assert.That(await StatusOf(local, "/health"), Is.EqualTo(200));
        using var plain = new HttpClient { BaseAddress = new Uri($"http://{gateway.EndPoint}") };
        Assert.That(await StatusOf(plain, "/health"), Is.EqualTo(200));
    }

    private string Config(string members) => $$"""{ "claude_gateway": { "transport": "{{transport}}", "reactors": 2, {{members}} } }""";

    private string Tls(int port, string more = "") =>
        $"\"tls\": {{ \"port\": {port}, \"certificate_file\": \"{Certificate}\", \"key_file\": \"{Key}\"{more} }}";

    private void Install(X509Certificate2 certificate)
    {
        File.WriteAllText(Certificate, certificate.ExportCertificatePem());
        PrivateFile.Write(Key, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    private HttpClient Secure(int port, X509Certificate2? certificate = null)
    {
#pragma warning disable CA2000 // The client owns it.
        var handler = new SocketsHttpHandler { UseProxy = false, SslOptions = TrustingOptions() };
#pragma warning restore CA2000
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
        }

        return new HttpClient(handler) { BaseAddress = new Uri($"https://localhost:{port}") };
    }

    private SslClientAuthenticationOptions TrustingOptions()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(_authority.CaFile);
        return new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = policy };
    }

    private async Task<string> ShownAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port).Soon();
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(TrustingOptions()).Soon();
        return X509CertificateLoader.LoadCertificate(stream.RemoteCertificate!.Export(X509ContentType.Cert)).Thumbprint;
    }

    private static HttpClient Local(string path) =>
        new(new GatewayPlace(new Uri("http://localhost"), path).MakeHandler()) { BaseAddress = new Uri("http://localhost") };

    private static async Task<int> StatusOf(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path).Soon();
        return (int)response.StatusCode;
    }

    private static async Task<(int Status, string Text)> AskAsync(HttpClient client)
    {
        using var body = new ByteArrayContent(Samples.Request);
        body.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        using var response = await client.PostAsync("/anthropic/v1/messages", body).Soon();
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync().Soon());
    }
}
