using System.Text.Json;
using Gateway.Core.Configuration;
using Gateway.Tests.Architecture;

namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class ConfigSchemaTests
{
    [Test]
    public void The_shipped_schema_is_that_of_the_reader() => Assert.That(
        SourceTree.Read("gateway.schema.json"), Is.EqualTo(ConfigSchema.Text()), "Write it anew: claude-gateway config schema > gateway.schema.json");

    [Test]
    public void The_shipped_configuration_names_it()
    {
        using var shipped = JsonDocument.Parse(SourceTree.Read("gateway.json"), ConfigReader.Json);
        Assert.That(shipped.RootElement.GetProperty("$schema").GetString(), Is.EqualTo("./gateway.schema.json"));
    }

    [TestCase("properties claude_gateway properties port minimum", "0")]
    [TestCase("properties claude_gateway properties port maximum", "65535")]
    [TestCase("properties claude_gateway properties port default", "8080")]
    [TestCase("properties claude_gateway properties request_logging type", "\"boolean\"")]
    [TestCase("properties claude_gateway additionalProperties", "false")]
    [TestCase("properties providers additionalProperties properties api_key type", "\"string\"")]
    [TestCase("properties providers additionalProperties properties quirks properties top_k type", "\"boolean\"")]
    [TestCase("properties routes items properties targets items anyOf 0 type", "\"string\"")]
    [TestCase("properties models additionalProperties properties input_usd_per_million type", "\"number\"")]
    public void A_field_is_described_by_what_may_stand_in_it(string path, string expected)
    {
        using var schema = JsonDocument.Parse(ConfigSchema.Text());
        var place = path.Split(' ').Aggregate(schema.RootElement, (at, step) => at.ValueKind == JsonValueKind.Array ? at[int.Parse(step)] : at.GetProperty(step));
        Assert.That(place.GetRawText(), Is.EqualTo(expected));
    }

    [Test]
    public void Words_are_listed_and_fields_explained()
    {
        using var schema = JsonDocument.Parse(ConfigSchema.Text());
        var level = schema.RootElement.GetProperty("properties").GetProperty("claude_gateway").GetProperty("properties").GetProperty("log_level");
        Assert.That(level.GetProperty("enum").EnumerateArray().Select(word => word.GetString()), Is.EqualTo(["trace", "debug", "info", "warn", "error"]));
        Assert.That(level.GetProperty("description").GetString(), Is.EqualTo("Least weight of log lines."));
    }

    [Test]
    public void A_default_that_could_not_be_written_is_left_out()
    {
        using var schema = JsonDocument.Parse(ConfigSchema.Text());
        var target = schema.RootElement.GetProperty("properties").GetProperty("routes").GetProperty("items").GetProperty("properties")
            .GetProperty("targets").GetProperty("items").GetProperty("anyOf")[1].GetProperty("properties");
        Assert.That(target.GetProperty("group").TryGetProperty("default", out _), Is.False);
        Assert.That(target.GetProperty("weight").GetProperty("default").GetInt32(), Is.EqualTo(1));
    }
}
