using System.Text;
using Gateway.Core.Configuration;

namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class ConfigOriginsTests
{
    private const string File = """
        {
          "claude_gateway": { "port": 1, "log_level": "warn", "drain_seconds": 9 },
          "providers": {
            "zai": { "api_key": "literal-canary", "models": ["glm-5*"] },
            "spare": { "preset": "groq", "api_key": "${NOT_SET}" }
          },
          "routes": [{ "targets": ["zai/glm-5"] }],
          "thinking_provider": "zai",
        }
        """;

    [TestCase("$.claude_gateway.port", "3", "flag --port")]
    [TestCase("$.claude_gateway.log_level", "\"error\"", "environment GATEWAY_LOG_LEVEL")]
    [TestCase("$.claude_gateway.drain_seconds", "9", "file")]
    [TestCase("$.claude_gateway.reactors", "0", "default")]
    [TestCase("$.default_provider", "\"synthetic\"", "default")]
    [TestCase("$.providers.zai.models", "[\"glm-5*\"]", "file")]
    [TestCase("$.providers.zai.context_window", "1000000", "preset zai")]
    [TestCase("$.providers.zai.local", "false", "default")]
    [TestCase("$.providers.zai.api_key", "\"***\"", "file")]
    [TestCase("$.providers.spare.quirks.user_field", "true", "preset groq")]
    [TestCase("$.providers.spare.enabled", "false", "the environment variable NOT_SET is not set")]
    [TestCase("$.routes[0].targets[0].model", "\"glm-5\"", "file")]
    public void Every_value_says_where_it_came_from(string path, string value, string origin) => Assert.That(
        Origins().Single(row => row.Path == path), Is.EqualTo(new ConfigOrigin(path, value, origin)));

    [Test]
    public void No_key_is_shown() => Assert.That(Origins().Select(row => row.Value), Has.None.Contains("canary"));

    [Test]
    public void What_is_shown_means_the_same_when_it_is_read_again()
    {
        var shown = ConfigDocument.Text(ConfigText.Load(File, ("NOT_SET", "k")));
        Assert.That(ConfigDocument.Text(ConfigText.Load(shown, ("NOT_SET", "k"))), Is.EqualTo(shown));
    }

    private static IReadOnlyList<ConfigOrigin> Origins() => ConfigOrigins.Of(
        Encoding.UTF8.GetBytes(File), ConfigText.Read(File, [new("port", "3", "--port")], environment: ("GATEWAY_LOG_LEVEL", "error")));
}
