using System.Text;
using Gateway.Core.Configuration;
using Gateway.Core.Health;
using Gateway.Core.Providers;
using Gateway.Core.Translation;

namespace Gateway.Tests.Core.Providers;

[TestFixture]
internal sealed class ProviderTests
{
    private static readonly ProviderConfig Written = new()
    {
        Name = "p",
        BaseUrl = new Uri("https://example.com"),
        ApiKey = new Secret("key"),
        CaFile = "/etc/ca.pem",
        MaxConcurrentRequests = 1,
        ConnectTimeoutMs = 2,
        TlsTimeoutMs = 3,
        PoolIdleSeconds = 4,
        PoolAgeSeconds = 5,
    };

    [TestCase(AuthKind.XApiKey, "x-api-key", "key")]
    [TestCase(AuthKind.Bearer, "authorization", "Bearer key")]
    public void A_key_is_prepared_as_the_field_it_goes_into(AuthKind auth, string field, string value)
    {
        var provider = new Provider(Written with { Auth = auth });
        Assert.Multiple(() =>
        {
            Assert.That(Encoding.ASCII.GetString(provider.AuthField.Span), Is.EqualTo(field));
            Assert.That(Encoding.ASCII.GetString(provider.AuthValue!.Reveal()), Is.EqualTo(value));
            Assert.That(provider.ForwardsClientCredential, Is.False);
        });
    }

    [TestCase("anthropic/claude-x", true)]
    [TestCase("openai/x", false)]
    public void Marks_for_the_cache_are_kept_for_the_models_that_go_by_them(string model, bool kept)
    {
        var provider = new Provider(Written with { Profile = new DialectProfile { CacheControlModels = ["anthropic/*"] } });
        Assert.That(provider.ProfileFor(Encoding.UTF8.GetBytes(model)).Marks == CacheMarks.CacheControl, Is.EqualTo(kept));
    }

    [TestCase(AuthKind.Client, true)]
    [TestCase(AuthKind.None, false)]
    public void Without_a_key_of_its_own_it_sends_none(AuthKind auth, bool forwards)
    {
        var provider = new Provider(Written with { Auth = auth });
        Assert.Multiple(() =>
        {
            Assert.That(provider.AuthField.IsEmpty);
            Assert.That(provider.AuthValue, Is.Null);
            Assert.That(provider.ForwardsClientCredential, Is.EqualTo(forwards));
        });
    }

    [Test]
    public void Its_target_has_its_limits_and_clocks()
    {
        var target = new Provider(Written).Target!;
        Assert.Multiple(() =>
        {
            Assert.That(target.CaFile, Is.EqualTo("/etc/ca.pem"));
            Assert.That(target.CredentialId, Is.EqualTo("p"));
            Assert.That(target.MaxConcurrent, Is.EqualTo(1));
            Assert.That(target.ConnectTimeoutMs, Is.EqualTo(2));
            Assert.That(target.TlsTimeoutMs, Is.EqualTo(3));
            Assert.That(target.PoolIdleMs, Is.EqualTo(4_000));
            Assert.That(target.PoolAgeMs, Is.EqualTo(5_000));
        });
    }

    [Test]
    public void Without_a_base_url_it_is_built_in() => Assert.That(new Provider(Written with { BaseUrl = null }).IsSynthetic);

    [Test]
    public void It_serves_what_it_names_and_everything_if_it_names_nothing()
    {
        var some = new Provider(Written with { Models = ["claude-*", "haiku"] });
        var all = new Provider(Written);
        Assert.Multiple(() =>
        {
            Assert.That(some.Serves("claude-opus"u8) && some.Names("haiku"u8));
            Assert.That(some.Serves("gpt"u8), Is.False);
            Assert.That(all.Serves("gpt"u8));
            Assert.That(all.Names("gpt"u8), Is.False);
            Assert.That(some.ExactModels, Is.EqualTo(["haiku"]));
        });
    }

    [Test]
    public void A_reload_ends_what_lasts_until_a_reload_and_nothing_else()
    {
        var before = new Provider(Written);
        before.Keys[0].State.Exhaust(long.MaxValue);
        before.Keys[0].State.Cool(500);
        before.Keys[0].Refuse();
        var same = new Provider(Written, before, 100);
        Assert.That(same.Keys[0].State, Is.SameAs(before.Keys[0].State));
        Assert.That(same.Keys[0] is { State: { ExhaustedUntil: 0, CoolingUntil: 500 }, IsRefused: false }, "the vendor may have mended it");

        same.Keys[0].State.Exhaust(900);
        var other = new Provider(Written with { ApiKey = new Secret("another") }, same, 200);
        Assert.That(other.Keys[0] is { State: { ExhaustedUntil: 900, CoolingUntil: 500 }, IsRefused: false }, "another key may be a good one");
    }

    [TestCase(0, false, 60_000, 300_000)]
    [TestCase(0, true, 600_000, 600_000)]
    [TestCase(7, false, 7_000, 7_000)]
    [TestCase(7, true, 7_000, 7_000)]
    public void The_head_of_an_answer_in_one_piece_may_take_longer(int seconds, bool isLocal, int streamed, int whole)
    {
        var provider = new Provider(Written with { HeadTimeoutSeconds = seconds, Local = isLocal });
        Assert.That((provider.HeadTimeoutMs, provider.WholeHeadTimeoutMs), Is.EqualTo((streamed, whole)));
    }

    [TestCase(false, 120_000, 60_000)]
    [TestCase(true, 600_000, 600_000)]
    public void A_local_server_has_more_time_for_its_content(bool isLocal, int content, int silence)
    {
        var provider = new Provider(Written with { Local = isLocal });
        Assert.That((provider.FirstContentTimeoutMs, provider.IdleTimeoutMs), Is.EqualTo((content, silence)));
    }

    [Test]
    public void Marked_as_healthy_it_is_forgiven_everything()
    {
        var provider = new Provider(Written);
        provider.Keys[0].State.Exhaust(long.MaxValue);
        provider.Keys[0].Refuse();
        provider.Mark(HealthState.Unhealthy, 0);
        Assert.That(provider.Keys[0].IsRefused);
        provider.Mark(HealthState.Healthy, 0);
        Assert.That(provider.Keys[0].IsReady(0));
    }
}
