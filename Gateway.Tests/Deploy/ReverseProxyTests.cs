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
            File.WriteAllText(PathOf("server.conf"), Adapted(Nginx));
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

    [TestCase("proxy_buffering off;")]
    [TestCase("proxy_request_buffering off;")]
    [TestCase("gzip off;")]
    [TestCase("proxy_http_version 1.1;")]
    [TestCase("proxy_next_upstream off;")]
    public void Nginx_holds_no_event_back_and_repeats_no_request(string directive) =>
        Assert.That(SourceTree.Read(Nginx), Does.Contain($"        {directive}\n"));

    private string Adapted(string file) => SourceTree.Read(file).Replace("/etc/ssl/", _folder.FullName + "/", StringComparison.Ordinal);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
