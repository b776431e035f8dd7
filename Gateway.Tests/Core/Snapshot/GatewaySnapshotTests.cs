using System.Text;
using Gateway.Core.Configuration;
using Gateway.Core.Snapshot;
using Gateway.Tests.Core.Configuration;

namespace Gateway.Tests.Core.Snapshot;

[TestFixture]
internal sealed class GatewaySnapshotTests
{
    [Test]
    public void Only_enabled_providers_take_part()
    {
        var snapshot = Of("""{ "providers": { "a": { "base_url": "https://x", "auth": "none" }, "b": { "base_url": "https://y", "enabled": false } } }""");
        Assert.Multiple(() =>
        {
            Assert.That(snapshot.Providers.Select(provider => provider.Name), Is.EqualTo(["a", "synthetic"]));
            Assert.That(snapshot.DefaultProvider.IsSynthetic);
            Assert.That(snapshot.Routing.ProviderForOtherPaths!.Name, Is.EqualTo("a"));
        });
    }

    [Test]
    public void Limits_come_in_the_units_of_those_who_use_them()
    {
        var snapshot = Of("""{ "claude_gateway": { "request_timeout_seconds": 86400, "max_request_size_mb": 1024, "request_logging": true } }""");
        Assert.Multiple(() =>
        {
            Assert.That(snapshot.RequestTimeoutMs, Is.EqualTo(86_400_000));
            Assert.That(snapshot.MaxBodyBytes, Is.EqualTo(1L << 30));
            Assert.That(snapshot.LogsRequests);
        });
    }

    [TestCase("/raw", "/raw")]
    [TestCase("/raw/x", "/raw")]
    [TestCase("/raw/deep", "/raw/deep")]
    [TestCase("/raw/deep/x", "/raw/deep")]
    [TestCase("/raw/deeper", "/raw")]
    [TestCase("/rawhide", null)]
    [TestCase("/", null)]
    public void The_route_with_the_longest_prefix_takes_a_path(string path, string? prefix)
    {
        var snapshot = Of(
            """{ "passthrough": [ { "prefix": "/raw", "base_url": "http://127.0.0.1:1" }, { "prefix": "/raw/deep", "base_url": "http://127.0.0.1:2" } ] }""");
        var route = snapshot.PassthroughFor(Encoding.ASCII.GetBytes(path));
        Assert.That(route is null ? null : Encoding.ASCII.GetString(route.Prefix.Span), Is.EqualTo(prefix));
    }

    [Test]
    public void A_holder_gives_the_one_that_was_published_last()
    {
        var first = new GatewaySnapshot(GatewayConfig.BuiltIn);
        var next = new GatewaySnapshot(GatewayConfig.BuiltIn);
        var holder = new SnapshotHolder(first);
        Assert.That(holder.Current, Is.SameAs(first));
        holder.Publish(next);
        Assert.That(holder.Current, Is.SameAs(next));
    }

    private static GatewaySnapshot Of(string json) => new(ConfigText.Load(json));
}
