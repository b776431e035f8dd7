namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class RouteRulesTests
{
    [TestCase(""" { "targets": ["zay"] } """, "$.routes[0].targets[0]", "zai (the nearest known name)")]
    [TestCase(""" { "targets": ["zai"], "when": { "clients": ["alise"] } } """, "$.routes[0].when.clients", "alice (the nearest known name)")]
    public void A_route_names_nobody_that_is_not_there(string route, string path, string expected)
    {
        var error = ConfigText.Read(
            $$"""
            { "providers": { "zai": { "api_key": "k" } }, "clients": { "alice": { "key": "0123456789abcdef0123" } }, "routes": [ {{route}} ] }
            """).Errors.Single();
        Assert.That((error.Path, error.Expected), Is.EqualTo((path, expected)));
    }
}
