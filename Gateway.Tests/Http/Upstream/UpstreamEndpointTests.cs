using Gateway.Http.Upstream;

namespace Gateway.Tests.Http.Upstream;

[TestFixture]
internal sealed class UpstreamEndpointTests
{
    private static readonly UpstreamEndpoint Endpoint = new() { IsHttps = true, Host = "provider.test", Port = 443 };

    private static IEnumerable<UpstreamEndpoint> Others =>
    [
        Endpoint with { IsHttps = false },
        Endpoint with { Host = "other.test" },
        Endpoint with { Port = 8443 },
        Endpoint with { ServerName = "name.test" },
        Endpoint with { CaFile = "/ca.pem" },
        Endpoint with { IsLocal = true },
        Endpoint with { CredentialId = "another" },
        Endpoint with { MaxConcurrent = 5 },
        Endpoint with { MaxInGroup = 5 },
        Endpoint with { ConnectTimeoutMs = 1 },
        Endpoint with { TlsTimeoutMs = 1 },
        Endpoint with { IdleMs = 1 },
        Endpoint with { MaxAgeMs = 1 },
    ];

    [Test]
    public void Equal_parts_make_equal_endpoints()
    {
        var same = new UpstreamEndpoint { IsHttps = true, Host = "provider.test", Port = 443 };
        Assert.Multiple(() =>
        {
            Assert.That(same, Is.EqualTo(Endpoint));
            Assert.That(same.GetHashCode(), Is.EqualTo(Endpoint.GetHashCode()));
        });
    }

    [TestCaseSource(nameof(Others))]
    public void Any_other_part_makes_another_endpoint(UpstreamEndpoint other)
    {
        // Asked for before, so that a copy could have inherited it.
        _ = Endpoint.GetHashCode();
        Assert.That(other, Is.Not.EqualTo(Endpoint));
        Assert.That(other with { }, Is.EqualTo(other));
    }

    [Test]
    public void Looking_one_up_allocates_nothing()
    {
        var pools = new Dictionary<UpstreamEndpoint, int> { [Endpoint] = 1 };
        _ = pools.ContainsKey(Endpoint);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            _ = pools[Endpoint];
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(allocated, Is.Zero);
    }
}
