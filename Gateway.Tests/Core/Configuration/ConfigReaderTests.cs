using System.Text;
using Gateway.Core.Configuration;

namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class ConfigReaderTests
{
    private const string Sample = """
        {
          "claude_gateway": { "bind_address": "127.0.0.1", "port": 8080, "log_level": "info", "request_logging": false,
                              "max_request_size_mb": 32, "request_timeout_seconds": 3600 },
          "default_provider": "synthetic",
          "providers": {
            "synthetic": { "supports_thinking": true, "supports_vision": true, "supports_tools": true, "priority_score": 100 },
            "anthropic": { "dialect": "anthropic", "base_url": "https://api.anthropic.com", "api_key": "${ANTHROPIC_API_KEY}",
                           "auth": "x-api-key", "models": ["claude-*"], "model_map": { "haiku": "claude-haiku-5-5" }, "enabled": true }
          },
          "passthrough": [ { "prefix": "/raw", "base_url": "http://127.0.0.1:9199", "strip_prefix": true } ]
        }
        """;

    [Test]
    public void The_documented_shape_loads()
    {
        var config = ConfigText.Load(Sample, ("ANTHROPIC_API_KEY", "k"));
        Assert.Multiple(() =>
        {
            Assert.That(config.Providers.Select(provider => provider.Name), Is.EqualTo(["synthetic", "anthropic"]));
            Assert.That(config.Providers[1].ModelMap.Single().Value, Is.EqualTo("claude-haiku-5-5"));
            Assert.That(config.Providers[1].ApiKey!.Reveal().ToArray(), Is.EqualTo("k"u8.ToArray()));
            Assert.That(config.Passthroughs.Single().StripPrefix);
        });
    }

    [Test]
    public void A_provider_on_this_machine_loads_with_a_key_from_the_environment()
    {
        var config = ConfigText.Load(
            """
            {
              "claude_gateway": { "bind_address": "127.0.0.1", "log_level": "warn" },
              "default_provider": "mock",
              "providers": {
                "mock": { "dialect": "anthropic", "base_url": "http://127.0.0.1:9100", "api_key": "${BENCH_KEY}", "models": ["*"] }
              }
            }
            """,
            ("BENCH_KEY", "k"));
        Assert.That(config.Listener.LogLevel, Is.EqualTo("warn"));
    }

    [Test]
    public void An_empty_object_is_the_built_in_provider_with_every_default()
    {
        var config = ConfigText.Load("{}");
        Assert.Multiple(() =>
        {
            Assert.That(config.DefaultProvider, Is.EqualTo(GatewayConfig.SyntheticName));
            Assert.That(config.Providers.Single().IsSynthetic);
            Assert.That(config.Listener, Is.EqualTo(new ListenerConfig()));
            Assert.That(config.Listener, Is.EqualTo(GatewayConfig.BuiltIn.Listener));
        });
    }

    [Test]
    public void Comments_trailing_commas_and_a_schema_are_fine() => ConfigText.Load(
        """
        // what editors look for
        { "$schema": "gateway.schema.json", /* and then */ "passthrough": [ ], }
        """);

    [TestCase("", 1)]
    [TestCase("{", 1)]
    [TestCase("{\n  \"default_provider\": synthetic\n}", 2)]
    [TestCase("{} {}", 1)]
    [TestCase("\uFEFF{}", 1)]
    public void Broken_json_is_one_error_with_its_line(string json, int line)
    {
        var error = ConfigText.Read(json).Errors.Single();
        Assert.Multiple(() =>
        {
            Assert.That(error.Path, Is.EqualTo("$"));
            Assert.That(error.Line, Is.EqualTo(line));
            Assert.That(error.Found, Is.EqualTo("invalid JSON"));
        });
    }

    [TestCase("[]", "a list")]
    [TestCase("null", "null")]
    [TestCase("7", "7")]
    public void Anything_but_an_object_is_refused(string json, string found) =>
        Assert.That(ConfigText.Read(json).Errors.Single(), Has.Property("Found").EqualTo(found));

    [Test]
    public void All_errors_come_at_once_in_the_order_of_the_file()
    {
        var errors = ConfigText.PathsOfErrors(
            """
            {
              "claude_gateway": { "prot": 1, "log_level": "loud", "bind_address": "0.0.0.0", "port": 70000, "port": 1 },
              "default_provider": "anthropc",
              "providers": {
                "anthropic": { "dialect": "opnai", "base_url": "http://example.com", "auth": "cleint", "models": ["a*b", 3] },
                "x": 5
              },
              "passthrough": [ { "prefix": "/anthropic/x", "strip_prefix": "yes" }, 7 ],
              "roads": []
            }
            """);
        Assert.That(errors, Is.EqualTo([
            "$.claude_gateway.prot",
            "$.claude_gateway.log_level",
            "$.claude_gateway.bind_address",
            "$.claude_gateway.port",
            "$.claude_gateway.port",
            "$.default_provider",
            "$.providers.anthropic.dialect",
            "$.providers.anthropic.base_url",
            "$.providers.anthropic.auth",
            "$.providers.anthropic.models[0]",
            "$.providers.anthropic.models[1]",
            "$.providers.x",
            "$.passthrough[0].base_url",
            "$.passthrough[0].prefix",
            "$.passthrough[0].strip_prefix",
            "$.passthrough[1]",
            "$.roads",
        ]));
    }

    [Test]
    public void An_error_says_file_line_column_path_found_and_expected() =>
        Assert.That(
            ConfigText.Read("{\n  \"claude_gateway\": { \"port\": true }\n}").Errors.Single().ToString(),
            Is.EqualTo("gateway.json:2:23: $.claude_gateway.port: found true; expected a whole number from 0 to 65535"));

    [Test]
    public void A_configuration_with_an_error_is_no_configuration() =>
        Assert.That(ConfigText.Read("""{ "claude_gateway": { "port": -1 } }""").Config, Is.Null);

    [TestCase("""{ "default_provider": "\ud800" }""")]
    [TestCase("""{ "providers": { "\udc00": {} } }""")]
    public void Half_a_surrogate_pair_is_refused(string json) =>
        Assert.That(ConfigText.Read(json).Errors.Single(), Has.Property("Found").EqualTo("a string that is no Unicode text"));

    [Test]
    public void Bytes_that_are_no_utf8_are_refused()
    {
        byte[] text = [.. "{ \"default_provider\": \""u8, 0xC3, 0x28, .. "\" }"u8];
        var result = ConfigReader.Read(text, new ConfigSource(_ => null, OthersCanRead: false));
        Assert.That(result.Errors, Has.Count.EqualTo(1));
    }

    [Test]
    public void No_damage_to_a_file_throws()
    {
        var chance = new Random(20260731);
        var sample = Encoding.UTF8.GetBytes(Sample);
        var source = new ConfigSource(_ => null, OthersCanRead: false);
        for (var round = 0; round < 5_000; round++)
        {
            var text = sample.ToArray();
            for (var i = chance.Next(4); i >= 0; i--)
            {
                text[chance.Next(text.Length)] = (byte)chance.Next(256);
            }

            var result = ConfigReader.Read(text, source);
            Assert.That(result.Config is null, Is.EqualTo(result.Errors.Count > 0));
        }
    }

    [Test]
    public void No_end_of_a_file_throws([Range(0, 900, 7)] int length)
    {
        var text = Encoding.UTF8.GetBytes(Sample);
        var result = ConfigReader.Read(text.AsMemory(0, Math.Min(length, text.Length - 1)), new ConfigSource(_ => null, OthersCanRead: false));
        Assert.That(result.Errors, Is.Not.Empty);
    }
}
