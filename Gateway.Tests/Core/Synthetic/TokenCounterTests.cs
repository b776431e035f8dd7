using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Core.Synthetic;

namespace Gateway.Tests.Core.Synthetic;

[TestFixture]
internal sealed class TokenCounterTests
{
    [Test]
    public void Four_bytes_are_a_token()
    {
        var little = Count(Played.Request("x"));
        Assert.That(Count(Played.Request(new string('x', 4_001))) - little, Is.EqualTo(1_000));
        Assert.That(Count([]), Is.Positive, "never none");
    }

    [TestCase("""{"type":"thinking","thinking":"#","signature":"ignored"}""")]
    [TestCase("""{"type":"tool_use","id":"t","name":"n","input":{"command":"#"}}""")]
    [TestCase("""{"type":"tool_result","tool_use_id":"t","content":"#"}""")]
    [TestCase("""{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"#"}]}""")]
    [TestCase("""{"type":"document","source":{"type":"text","media_type":"text/plain","data":"#"}}""")]
    [TestCase("""{"type":"document","source":{"type":"content","content":[{"type":"text","text":"#"}]}}""")]
    [TestCase("""{"type":"a_block_of_next_year","whatever":"#"}""")]
    public void Every_kind_of_block_counts(string block)
    {
        int Of(int length) => Count(Played.Request("", ("messages", new JsonArray(new JsonObject
        {
            ["role"] = "user",
            ["content"] = new JsonArray(JsonNode.Parse(block.Replace("#", new string('x', length), StringComparison.Ordinal))),
        }))));
        Assert.That(Of(4_004) - Of(4), Is.EqualTo(1_000));
    }

    [Test]
    public void Tools_and_system_count()
    {
        var bare = Count(Played.Request("x", ("tools", null)));
        Assert.That(Count(Played.Request("x")), Is.GreaterThan(bare + 20));
        Assert.That(Count(Played.Request("x", ("tools", null), ("system", new string('s', 400)))), Is.EqualTo(bare + 100).Within(1));
    }

    [Test]
    public void What_is_counted_is_what_an_answer_says_it_read()
    {
        var request = Played.Request("Hi", ("system", "Be brief."));
        var answer = Played.Answer(request);
        Assert.That(Count(request), Is.EqualTo(answer.InputTokens + answer.CacheReadTokens + answer.CacheWriteTokens));
    }

    [Test]
    public void Cache_breakpoints_split_the_count_as_a_prompt_cache_would()
    {
        var first = Cached(Played.Request(""), "A first question that is long enough to count.");
        var answer = Played.Answer(first);
        Assert.That(answer.CacheReadTokens, Is.Zero);
        Assert.That(answer.CacheWriteTokens, Is.Positive);
        Assert.That(answer.InputTokens, Is.EqualTo(3), "what opens the answer");

        first["messages"]![0]!["content"]![0]!.AsObject().Remove("cache_control");
        first["messages"]!.AsArray().Add(new JsonObject { ["role"] = "assistant", ["content"] = "An answer." });
        first["messages"]!.AsArray().Add(new JsonObject { ["role"] = "user", ["content"] = new JsonArray(Block("More.")) });
        var next = Played.Answer(first);
        Assert.That(next.CacheReadTokens, Is.EqualTo(answer.CacheWriteTokens), "what the first one wrote");
        Assert.That(next.CacheWriteTokens, Is.Positive);
    }

    [Test]
    public void The_usage_has_the_full_shape_at_start_and_end()
    {
        var request = Cached(Played.Request(""), "Hi");
        request["messages"]![0]!["content"]![0]!["cache_control"]!["ttl"] = "1h";
        var answer = Played.Answer(request);
        var start = JsonNode.Parse(Encoding.UTF8.GetString(answer.Steps[0].Bytes.Span).Split('\n')[1]["data: ".Length..])!["message"]!["usage"]!;
        Assert.That((int?)start["cache_creation_input_tokens"], Is.EqualTo(answer.CacheWriteTokens));
        Assert.That((int?)start["cache_read_input_tokens"], Is.Zero);
        Assert.That((int?)start["cache_creation"]!["ephemeral_1h_input_tokens"], Is.EqualTo(answer.CacheWriteTokens));
        Assert.That((int?)start["cache_creation"]!["ephemeral_5m_input_tokens"], Is.Zero);
        Assert.That((int?)start["output_tokens"], Is.EqualTo(1));
        Assert.That((string?)start["service_tier"], Is.EqualTo("standard"));

        var end = Played.Message(request)["usage"]!;
        Assert.That((int?)end["input_tokens"], Is.EqualTo((int?)start["input_tokens"]));
        Assert.That((int?)end["output_tokens"], Is.EqualTo(answer.OutputTokens));
    }

    private static JsonObject Cached(JsonObject request, string text)
    {
        request["messages"]![0]!["content"] = new JsonArray(Block(text));
        return request;
    }

    private static JsonObject Block(string text) =>
        new() { ["type"] = "text", ["text"] = text, ["cache_control"] = new JsonObject { ["type"] = "ephemeral" } };

    private static int Count(JsonObject request)
    {
        using var answer = JsonDocument.Parse(SyntheticModel.CountTokens(Played.Bytes(request)).Body);
        return answer.RootElement.GetProperty("input_tokens").GetInt32();
    }
}
