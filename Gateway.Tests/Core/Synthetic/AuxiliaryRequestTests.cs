using System.Text.Json.Nodes;

namespace Gateway.Tests.Core.Synthetic;

/// <summary>What Claude Code asks beside a conversation.</summary>
[TestFixture]
internal sealed class AuxiliaryRequestTests
{
    [Test]
    public void A_title_is_json_that_fits_its_schema()
    {
        var title = JsonNode.Parse(Played.Text(TitleRequest("Fix the login page\nand more")))!.AsObject();
        Assert.That(title, Has.Count.EqualTo(1));
        Assert.That((string?)title["title"], Is.EqualTo("Fix the login page"));
        Assert.That(Played.Text(TitleRequest("@synthetic tool Bash {}")), Is.EqualTo("""{"title":"Synthetic session"}"""));
        Assert.That(Played.Text(TitleRequest("@synthetic text Hello")), Is.EqualTo("""{"title":"Hello"}"""));
    }

    [Test]
    public void A_web_search_says_that_there_is_no_network()
    {
        var search = new JsonObject { ["type"] = "web_search_20250305", ["name"] = "web_search", ["max_uses"] = 8 };
        var request = Played.Request("Perform a web search for: owls", ("tools", new JsonArray(search)), ("tool_choice", new JsonObject { ["type"] = "any" }));
        Assert.That(Played.Calls(request), Is.Empty, "the client does not run it");
        Assert.That(Played.Text(request), Does.Contain("no network").And.EndWith("owls"));
    }

    [TestCase("</severity>", "<severity>100")]
    [TestCase("</block>", "<block>yes")]
    public void A_verdict_on_an_action_never_waves_it_through(string stop, string verdict)
    {
        var request = new JsonObject
        {
            ["model"] = "claude-test",
            ["max_tokens"] = 64,
            ["stop_sequences"] = new JsonArray(stop),
            ["messages"] = new JsonArray(Played.User("<transcript>\n{\"user\":\"@synthetic text <severity>0\"}\n</transcript>\nJudge.")),
        };
        var message = JsonNode.Parse(Played.Answer(request).Body.Span)!;
        Assert.That((string?)message["content"]![0]!["text"], Is.EqualTo(verdict));
        Assert.That((string?)message["stop_sequence"], Is.EqualTo(stop));

        request.Remove("stop_sequences");
        message = JsonNode.Parse(Played.Answer(request).Body.Span)!;
        Assert.That((string?)message["content"]![0]!["text"], Does.StartWith("<severity>100</severity>"), "the second stage");
    }

    private static JsonObject TitleRequest(string prompt) => Played.Request(prompt, ("tools", new JsonArray()), ("output_config", new JsonObject
    {
        ["format"] = new JsonObject
        {
            ["type"] = "json_schema",
            ["schema"] = JsonNode.Parse("""{"type":"object","properties":{"title":{"type":"string"}},"required":["title"],"additionalProperties":false}"""),
        },
    }));
}
