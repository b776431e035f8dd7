using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Gateway.Tests.Architecture;
using Gateway.Tests.Support;

namespace Gateway.Tests.Deploy;

/// <summary>The configurations for servers in front: what these servers make of them, where they are.</summary>
[TestFixture]
internal sealed class ReverseProxyTests
{
    private const string Nginx = "deploy/reverse-proxy/nginx.conf";
    private const string Haproxy = "deploy/reverse-proxy/haproxy.cfg";

    private DirectoryInfo _folder = null!;

    [SetUp]
    public void MakeCertificate()
    {
        _folder = Directory.CreateTempSubdirectory("gateway-proxy-");
        using var authority = new TestAuthority();
        using var certificate = authority.Sign("gateway.example.com");
        using var key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(PathOf("gateway.example.com.key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(PathOf("gateway.example.com.pem"), $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
    }

    [TearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [Test]
    public void Nginx_takes_its_configuration()
    {
        if (Tool.Find("nginx") is { } nginx)
        {
            WriteNginx(Adapted(Nginx));
            var (code, output) = nginx.Run("-t", "-p", _folder.FullName, "-c", PathOf("nginx.conf"));
            Assert.That(code, Is.Zero, output);
        }
    }

    [Test]
    public void Haproxy_takes_its_configuration()
    {
        if (Tool.Find("haproxy") is { } haproxy)
        {
            File.WriteAllText(PathOf("haproxy.cfg"), Adapted(Haproxy));
            var (code, output) = haproxy.Run("-c", "-f", PathOf("haproxy.cfg"));
            Assert.That(code, Is.Zero, output);
            Assert.That(output, Does.Not.Contain("WARNING"));
        }
    }

    [TestCase("nginx")]
    [TestCase("haproxy")]
    [Platform("Linux")]
    public async Task Each_event_passes_at_once_and_the_operators_pages_do_not(string server)
    {
        if (Tool.Find(server) is not { } tool)
        {
            return;
        }

        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var provider = new ScriptedProvider();
        provider.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.SendChunkAsync(string.Concat(Samples.Events[..4]));
            await goOn.Task.Soon();
            await exchange.SendChunkAsync(string.Concat(Samples.Events[4..]));
            await exchange.EndChunksAsync();
        });
        await using var gateway = await GatewayProcess.StartListeningAsync(TestGateway.ConfigFor(
            provider, listener: "\"host_names\": [\"gateway.example.com\"], \"trusted_proxies\": [\"127.0.0.1\"]"));
        var port = FreePort.Take();
        using var front = server == "nginx" ? StartNginx(tool, port, gateway.EndPoint) : StartHaproxy(tool, port, gateway.EndPoint);
        try
        {
            using var client = await ConnectAsync(port);
            await client.WriteAsync(System.Text.Encoding.ASCII.GetBytes(
                $"POST /anthropic/v1/messages HTTP/1.1\r\nhost: gateway.example.com\r\nx-forwarded-for: 9.9.9.9\r\ncontent-type: application/json\r\ncontent-length: {Samples.Request.Length}\r\n\r\n"));
            await client.WriteAsync(Samples.Request);
            await ReadUntilAsync(client, "content_block_delta");
            goOn.SetResult();
            await ReadUntilAsync(client, "message_stop\"}\n\n\r\n0\r\n\r\n");
            await client.WriteAsync("GET /metrics HTTP/1.1\r\nhost: gateway.example.com\r\n\r\n"u8.ToArray());
            Assert.That(await ReadUntilAsync(client, "\r\n\r\n"), Does.Contain(" 404 "));
            Assert.That(await gateway.LineAsync("\"messages\""), Does.Contain("\"client_address\":\"127.0.0.1\""), "the client's own word is replaced");
        }
        finally
        {
            front.Kill(entireProcessTree: true);
            await front.WaitForExitAsync();
        }
    }

    [TestCase("proxy_buffering off;")]
    [TestCase("proxy_request_buffering off;")]
    [TestCase("gzip off;")]
    [TestCase("proxy_http_version 1.1;")]
    [TestCase("proxy_next_upstream off;")]
    public void Nginx_holds_no_event_back_and_repeats_no_request(string directive) =>
        Assert.That(SourceTree.Read(Nginx), Does.Contain($"        {directive}\n"));

    private Process StartNginx(Tool nginx, int port, IPEndPoint gateway)
    {
        WriteNginx(Adapted(Nginx).Replace("listen 443 ssl", $"listen 127.0.0.1:{port} ssl", StringComparison.Ordinal).Replace("127.0.0.1:8080", $"{gateway}", StringComparison.Ordinal));
        return nginx.Start("-p", _folder.FullName, "-c", PathOf("nginx.conf"), "-g", "daemon off; master_process off;");
    }

    private Process StartHaproxy(Tool haproxy, int port, IPEndPoint gateway)
    {
        File.WriteAllText(
            PathOf("haproxy.cfg"),
            Adapted(Haproxy).Replace("bind :443", $"bind 127.0.0.1:{port}", StringComparison.Ordinal).Replace("127.0.0.1:8080", $"{gateway}", StringComparison.Ordinal));
        return haproxy.Start("-db", "-f", PathOf("haproxy.cfg"));
    }

    private void WriteNginx(string server)
    {
        File.WriteAllText(PathOf("server.conf"), server);
        File.WriteAllText(PathOf("nginx.conf"), $$"""
            pid {{PathOf("pid")}};
            error_log stderr;
            events { }
            http {
                access_log off;
                client_body_temp_path {{PathOf("body")}};
                proxy_temp_path {{PathOf("proxy")}};
                fastcgi_temp_path {{PathOf("fastcgi")}};
                uwsgi_temp_path {{PathOf("uwsgi")}};
                scgi_temp_path {{PathOf("scgi")}};
                include {{PathOf("server.conf")}};
            }
            """);
    }

    // It serves as soon as it listens; until then the kernel refuses.
    private static async Task<SslStream> ConnectAsync(int port)
    {
        for (var clock = TimeProvider.System.GetTimestamp(); ;)
        {
#pragma warning disable CA2000 // the stream that is returned owns it
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
#pragma warning restore CA2000
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port).Soon();
                var stream = new SslStream(new NetworkStream(socket, ownsSocket: true), leaveInnerStreamOpen: false, static (_, certificate, _, _) => certificate is not null);
                await stream.AuthenticateAsClientAsync("gateway.example.com").Soon();
                return stream;
            }
            catch (SocketException) when (TimeProvider.System.GetElapsedTime(clock) < TimeSpan.FromSeconds(20))
            {
                socket.Dispose();
                await Task.Yield();
            }
        }
    }

    private static async Task<string> ReadUntilAsync(SslStream stream, string end)
    {
        var seen = new System.Text.StringBuilder();
        var buffer = new byte[4096];
        while (!seen.ToString().Contains(end, StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer).AsTask().Soon();
            Assert.That(count, Is.Positive, $"the end came before '{end}', after: {seen}");
            seen.Append(System.Text.Encoding.UTF8.GetString(buffer, 0, count));
        }

        return seen.ToString();
    }

    private string Adapted(string file) => SourceTree.Read(file).Replace("/etc/ssl/", _folder.FullName + "/", StringComparison.Ordinal);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
