using System.Security.Cryptography;
using System.Text;

namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class ClientRulesTests
{
    private const string Key = "canary-client-key-0123";

    [Test]
    public void A_key_is_kept_as_its_hash_only()
    {
        var expected = SHA256.HashData(Encoding.UTF8.GetBytes(Key));
        var referred = ConfigText.Load("""{ "clients": { "a": { "key": "${A_KEY}" } } }""", ("A_KEY", Key)).Clients.Single();
        var hashed = ConfigText.Load($$"""{ "clients": { "a": { "key_sha256": "{{Convert.ToHexString(expected)}}" } } }""").Clients.Single();
        Assert.That(referred.KeyHash.ToArray(), Is.EqualTo(expected));
        Assert.That(hashed.KeyHash.ToArray(), Is.EqualTo(expected));
        Assert.That(referred.ToString(), Does.Not.Contain(Key));
    }

    [TestCase("""{ "a": {} }""", "$.clients.a", "no key")]
    [TestCase("""{ "a": { "key": "${NONE}" } }""", "$.clients.a.key", "${NONE}, which is not set")]
    [TestCase("""{ "a": { "key": "${SHORT}" } }""", "$.clients.a.key", "too short")]
    [TestCase("""{ "a": { "key": "${A_KEY}", "key_sha256": "0000000000000000000000000000000000000000000000000000000000000000" } }""", "$.clients.a", "key beside key_sha256")]
    [TestCase("""{ "a": { "key_sha256": "12" } }""", "$.clients.a.key_sha256", "12")]
    [TestCase("""{ "a": { "key": "${A_KEY}" }, "b": { "key": "${A_KEY}" } }""", "$.clients.b", "the key of another client")]
    [TestCase("""{ "a": { "key": "${A_KEY}", "providers": ["sinthetic"] } }""", "$.clients.a.providers[0]", "sinthetic")]
    [TestCase("""{ "a": { "key": "${A_KEY}", "expires": "soon" } }""", "$.clients.a.expires", "soon")]
    [TestCase("""{ "a": { "key": "${A_KEY}", "requests_per_minute": -1 } }""", "$.clients.a.requests_per_minute", "-1")]
    public void What_is_wrong_is_told_with_its_place(string clients, string path, string found)
    {
        var errors = ConfigText.Read($$"""{ "clients": {{clients}} }""", environment: [("A_KEY", Key), ("SHORT", "short")]).Errors;
        Assert.That(errors, Has.Count.EqualTo(1));
        Assert.That((errors[0].Path, errors[0].ToString()), Is.EqualTo((path, errors[0].ToString())));
        Assert.That(errors[0].Found, Does.Contain(found));
    }

    [TestCase("""{ "alice": { "daily_usd": 5 } }""", "$.budgets.alice")]
    [TestCase("""{ "total": { "daily_usd": "5" } }""", "$.budgets.total.daily_usd")]
    [TestCase("""{ "total": { "daily_usd": 5, "when_spent": "lokal" } }""", "$.budgets.total.when_spent")]
    public void A_budget_is_somebodys(string budgets, string path) => Assert.That(
        ConfigText.Read($$"""{ "budgets": {{budgets}} }""").Errors.Single().Path, Is.EqualTo(path));

    [Test]
    public void Money_is_kept_in_millionths_of_a_dollar()
    {
        var config = ConfigText.Load("""
            { "budgets": { "total": { "daily_usd": 5, "monthly_usd": 49.99 } },
              "models": { "claude-*": { "input_usd_per_million": 0.30 } } }
            """);
        Assert.That((config.Budgets[0].DailyMicroUsd, config.Budgets[0].MonthlyMicroUsd), Is.EqualTo((5_000_000L, 49_990_000L)));
        Assert.That(config.Prices[0].Value.InputMicroUsd, Is.EqualTo(300_000));
    }

    [Test]
    public void Other_machines_may_come_in_where_clients_have_keys()
    {
        const string Open = """{ "claude_gateway": { "bind_address": "0.0.0.0" } }""";
        const string Kept = """{ "claude_gateway": { "bind_address": "0.0.0.0" }, "clients": { "a": { "key": "${A_KEY}" } } }""";
        Assert.That(ConfigText.Read(Open).Errors.Single().Path, Is.EqualTo("$.claude_gateway.bind_address"));
        Assert.That(ConfigText.Read(Kept, environment: ("A_KEY", Key)).Errors, Is.Empty);
    }
}
