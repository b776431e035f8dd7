using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Gateway.Host.Doctor;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Doctor;

/// <summary>The checks that connect, all of them on loopback.</summary>
[TestFixture]
internal sealed class NetworkChecksTests
{
    [Test]
    public async Task A_port_is_free_or_taken()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var patient = Patient.With($$"""{ "claude_gateway": { "port": {{port}} } }""") with { Address = $"http://127.0.0.1:{port}" };
        var answering = AnswerWithNonsenseAsync(other);
        Assert.That(await patient.VerdictsAsync<PortCheck>(), Is.EqualTo([Verdict.Broken]));
        await answering.Soon();
        other.Stop();
        Assert.That(await patient.VerdictsAsync<PortCheck>(), Is.EqualTo([Verdict.Fine]));
    }

    [Test]
    public async Task A_port_that_a_gateway_has_is_no_fault()
    {
        await using var provider = new ScriptedProvider();
        provider.Otherwise = exchange => exchange.AnswerJsonAsync("""{"status":"ok","uptime_seconds":1}""");
        var patient = Patient.With($$"""{ "claude_gateway": { "port": {{new Uri(provider.Url).Port}} } }""") with { Address = provider.Url };
        Assert.That(await patient.VerdictsAsync<PortCheck>(), Is.EqualTo([Verdict.Fine]));
    }

    [Test]
    public async Task An_address_of_another_machine_cannot_be_listened_on() => Assert.That(
        await Patient.With($$"""{ "claude_gateway": { "bind_address": "192.0.2.1" }, "clients": { "c": { "key_sha256": "{{new string('0', 64)}}" } } }""").VerdictsAsync<PortCheck>(),
        Is.EqualTo([Verdict.Broken]));

    [Test]
    public async Task A_provider_that_answers_is_reached_and_has_the_same_time()
    {
        await using var provider = new ScriptedProvider();
        provider.Otherwise = exchange => exchange.AnswerJsonAsync("{}", fields: "date: Thu, 01 Jan 1970 00:00:30 GMT\r\n");
        var findings = await (Behind(provider.Url) with { Time = new ManualTime() }).ShownToAsync<ReachCheck>();
        Assert.That(findings.Select(finding => (finding.Check, finding.Verdict)), Is.EqualTo([("DNS", Verdict.Fine), ("TCP", Verdict.Fine), ("clock", Verdict.Fine)]));
    }

    [Test]
    public async Task A_clock_that_is_off_by_minutes_is_told()
    {
        await using var provider = new ScriptedProvider();
        provider.Otherwise = exchange => exchange.AnswerJsonAsync("{}", fields: "date: Thu, 01 Jan 1970 00:10:00 GMT\r\n");
        var clock = (await (Behind(provider.Url) with { Time = new ManualTime() }).ShownToAsync<ReachCheck>()).Single(finding => finding.Check == "clock");
        Assert.That((clock.Verdict, clock.Found), Is.EqualTo((Verdict.Broken, "600 s behind that of p")));
    }

    [Test]
    public async Task A_name_that_nobody_knows_is_told()
    {
        var patient = Behind("https://llm.example.com") with { Resolve = (_, _) => throw new SocketException((int)SocketError.HostNotFound) };
        Assert.That((await patient.ShownToAsync<ReachCheck>()).Single(), Is.EqualTo(
            new Finding("DNS", Verdict.Broken, "p: llm.example.com is not found", "base_url, /etc/resolv.conf, or the network")));
    }

    [TestCase("169.254.169.254")]
    [TestCase("fe80::1")]
    [TestCase("100.100.100.200")]
    public async Task A_name_that_leads_where_the_gateway_does_not_connect_is_told_with_what_to_do(string address)
    {
        var patient = Behind("https://llm.example.com") with { Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Parse(address) }) };
        var told = (await patient.ShownToAsync<ReachCheck>())[^1];
        Assert.That((told.Check, told.Verdict), Is.EqualTo(("address", Verdict.Broken)));
        Assert.That(told.Found, Does.Contain($"llm.example.com leads to {address}"));
        Assert.That(told.Fix, Does.Contain("\"local\": true"));
    }

    [TestCase("""{ "claude_gateway": { "port": 8099 }, """)]
    [TestCase("""{ "claude_gateway": { "port": 8098, "management": { "port": 8099 } }, """)]
    public async Task A_name_that_leads_back_to_the_gateway_is_told_with_what_to_do(string listeners)
    {
        var patient = Patient.With(listeners + """ "providers": { "p": { "api_key": "${K}", "local": true, "base_url": "http://llm.example.com:8099" } } }""");
        var told = (await patient.ShownToAsync<ReachCheck>())[^1];
        Assert.That((told.Check, told.Verdict, told.Found), Is.EqualTo(("address", Verdict.Broken, "p: llm.example.com:8099 leads back to this gateway")));
        Assert.That(told.Fix, Does.Contain("base_url"));
    }

    [Test]
    public async Task A_port_where_nobody_answers_is_told()
    {
        using var gone = new TcpListener(IPAddress.Loopback, 0);
        gone.Start();
        var url = $"http://{gone.LocalEndpoint}";
        gone.Stop();
        Assert.That((await Behind(url).ShownToAsync<ReachCheck>()).Select(finding => (finding.Check, finding.Verdict)), Does.Contain(("TCP", Verdict.Broken)));
    }

    [Test]
    public async Task A_certificate_is_judged_by_the_authorities_of_the_provider()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Sign("localhost");
        Assert.That(await TlsVerdictAsync(certificate, $"\"ca_file\": \"{authority.CaFile}\""), Is.EqualTo(Verdict.Fine));
        Assert.That(await TlsVerdictAsync(certificate, "\"local\": false"), Is.EqualTo(Verdict.Broken));
    }

    [Test]
    public async Task Offline_nobody_is_asked() => Assert.That(
        await (Behind("http://127.0.0.1:1") with { IsOffline = true }).VerdictsAsync<ReachCheck>(), Is.EqualTo([Verdict.Skipped]));

    private static async Task<Verdict> TlsVerdictAsync(X509Certificate2 certificate, string fields)
    {
        using var peer = new TlsPeer(certificate);
        var serving = ServeOnceAsync(peer);
        var patient = Patient.With($$"""{ "providers": { "p": { "api_key": "${K}", "base_url": "https://localhost:{{peer.EndPoint.Port}}", {{fields}} } } }""");
        var findings = await patient.ShownToAsync<ReachCheck>();
        await serving.Soon();
        return findings.Single(finding => finding.Check == "TLS").Verdict;
    }

    // A client that doesn't trust the certificate leaves in the midst of the handshake or right after it.
    private static async Task ServeOnceAsync(TlsPeer peer)
    {
        try
        {
            using var session = await peer.AcceptAsync();
            await session.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray());
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            await TestContext.Out.WriteLineAsync(exception.Message);
        }
    }

    private static async Task AnswerWithNonsenseAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await client.GetStream().WriteAsync("nonsense\r\n\r\n"u8.ToArray());
    }

    private static Examination Behind(string url) =>
        Patient.With($$"""{ "providers": { "p": { "api_key": "${K}", "base_url": "{{url}}" } } }""");
}
