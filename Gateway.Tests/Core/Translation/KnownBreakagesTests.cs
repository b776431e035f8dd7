using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.Core.Configuration;
using Gateway.Core.Providers;
using Gateway.Core.Translation;
using Gateway.Core.Translation.Answers;
using Gateway.Core.Translation.Errors;
using Gateway.Core.Translation.Requests;
using Gateway.Tests.Core.Translation.Answers;
using Gateway.Tests.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation;

/// <summary>What users of other gateways ran into: each with the report it comes from.</summary>
[TestFixture]
internal sealed class KnownBreakagesTests
{
    private static readonly string Nasty =
        Streams.Delta("\"role\":\"assistant\",\"content\":\"\"") + Streams.Delta("\"reasoning_content\":\"think\"") + Streams.Delta("\"content\":\"te\"")
        + Streams.Delta("\"reasoning_content\":\"more\"") + Streams.Delta("\"content\":\"xt\"") + Streams.Call(3, "a", "A", "{\\\"x\\\":")
        + Streams.Call(7, "b", "B", "{\\\"y\\\":2}") + Streams.Delta("\"content\":\"late\"") + Streams.Call(3, "", "", "1}") + Streams.End("tool_calls");

    // deepclaude #24
    [Test]
    public void Thinking_goes_back_to_the_provider_that_made_it_with_the_calls_it_led_to()
    {
        var profile = new DialectProfile { ReasoningReplay = ReasoningReplay.ReasoningContent };
        var said = Streams.Message(
            """{"choices":[{"message":{"reasoning_content":"why","tool_calls":[{"id":"c","function":{"name":"n","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}""",
            Named(Translated.Provider, profile));
        var content = JsonElement.Parse(said).GetProperty("content").GetRawText();

        var messages = Translated.Messages(
            """[{"role":"user","content":"x"},{"role":"assistant","content":CONTENT},{"role":"user","content":[{"type":"tool_result","tool_use_id":"c","content":"r"}]}]""".Replace("CONTENT", content, StringComparison.Ordinal),
            profile);

        Assert.That(messages, Does.Contain("\"reasoning_content\":\"why\""));
    }

    // litellm #13373, #32357, #33224
    [Test]
    public void Blocks_are_numbered_without_gaps_and_hold_what_their_type_says() => Check(Streams.Translate(Nasty));

    // litellm #25321, #25561; bifrost #6342
    [Test]
    public void No_first_piece_of_a_calls_arguments_is_lost_behind_text()
    {
        var blocks = Check(Streams.Translate(
            Streams.Delta("\"content\":\"text\"") + Streams.Call(0, "a", "A", "{\\\"first\\\":") + Streams.Call(0, "", "", "true}") + Streams.End("tool_calls")));
        Assert.That(blocks, Is.EqualTo(["text:text", "tool_use:{\"first\":true}"]));
    }

    // litellm #24176, CLIProxyAPI #1700, sglang #20678, claude-code-router #807
    [Test]
    public void Tokens_are_told_whole_at_the_start_and_at_the_end()
    {
        var events = Events(Streams.Translate(
            Streams.Delta("\"content\":\"x\"") + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":90,\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":30}}}\n\n" + Streams.End("stop")));
        var start = events[0].GetProperty("message").GetProperty("usage");
        var end = events[^2].GetProperty("usage");
        foreach (var name in (string[])["input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens", "output_tokens"])
        {
            Assert.That((start.GetProperty(name).ValueKind, end.GetProperty(name).ValueKind), Is.EqualTo((JsonValueKind.Number, JsonValueKind.Number)), name);
        }

        Assert.That(start.GetProperty("input_tokens").GetInt64(), Is.Positive, "or the client never compacts");
        Assert.That((end.GetProperty("input_tokens").GetInt64(), end.GetProperty("cache_read_input_tokens").GetInt64()), Is.EqualTo((60, 30)));
    }

    // 9router #2337, copilot-api #210
    [TestCase("""[{"role":"assistant","content":[{"type":"tool_use","id":"a","name":"n","input":{"x":"WORDS"}}]}]""")]
    [TestCase("""[{"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"WORDS"}]}]""")]
    [TestCase("""[{"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":[{"type":"text","text":"WORDS"}]}]}]""")]
    [TestCase("""[{"role":"assistant","content":[{"type":"thinking","thinking":"WORDS","signature":"s"}]}]""")]
    [TestCase("""[{"role":"user","content":[{"type":"document","source":{"type":"text","data":"WORDS"}}]}]""")]
    [TestCase("""[{"role":"system","content":"WORDS"}]""")]
    public void Every_kind_of_block_is_counted(string messages)
    {
        var words = string.Concat(Enumerable.Repeat("word ", 1_000));
        var body = Encoding.UTF8.GetBytes(Translated.Request(messages.Replace("WORDS", words, StringComparison.Ordinal)));
        Assert.That(new TokenEstimator().Estimate(new ReadOnlySequence<byte>(body)), Is.GreaterThan(1_000));
        Assert.That(new TokenEstimator(Tokenizer.Shared).Estimate(new ReadOnlySequence<byte>(body)), Is.GreaterThanOrEqualTo(1_000));
    }

    // claude-code-router #1217, llama.cpp #20623, vllm #36829, ollama #14918
    [Test]
    public void A_number_that_changes_with_every_request_spoils_no_prompt_cache()
    {
        var (one, other) = (With("cch=1"), With("cch=2"));
        Assert.That(Translated.Chat(one).Json, Is.EqualTo(Translated.Chat(other).Json));
        Assert.That(Translated.Responses(one).Json, Is.EqualTo(Translated.Responses(other).Json));

        static string With(string nonce) => Translated.With(
            $$"""
            "system":[{"type":"text","text":"x-anthropic-billing-header: cc_version=2; {{nonce}};"},{"type":"text","text":"be brief"}]
            """);
    }

    // cursor-sdk2api #25, OmniRoute #7699, litellm #32475
    [TestCase("")]
    [TestCase("\"content\":\"half\"")]
    [TestCase("\"reasoning_content\":\"half\"")]
    public void A_provider_that_dies_never_looks_as_if_it_had_answered(string delta)
    {
        var stream = Encoding.UTF8.GetBytes(Streams.Delta(delta));
        foreach (var isClean in (bool[])[true, false])
        {
            var translator = new StreamTranslator();
            var events = Streams.Translate(translator, stream, Streams.Context(), int.MaxValue, isClean);
            Assert.That(events, Does.Not.Contain("message_delta").And.Not.Contain("message_stop"));
            Assert.That(translator.Fault, Is.Not.Null);
        }
    }

    // claude-code-router #1672
    [Test]
    public void A_character_that_is_cut_between_two_reads_stays_whole([Range(1, 8)] int piece) => Assert.That(
        Check(Streams.Translate(
            new StreamTranslator(), Encoding.UTF8.GetBytes(Streams.Delta("\"content\":\"\ud83d\ude00\u6f22\u00e9\"") + Streams.End("stop")), Streams.Context(), piece)),
        Is.EqualTo(["text:\ud83d\ude00\u6f22\u00e9"]));

    // free-claude-code #1136
    [Test]
    public void Cerebras_gets_no_reasoning_back_and_is_heard_when_it_reasons()
    {
        var profile = Preset("cerebras").ProfileFor("gpt-oss-120b"u8);
        var said = Streams.Message("""{"choices":[{"message":{"reasoning":"why","content":"x"},"finish_reason":"stop"}]}""", Named(Translated.Provider, profile));
        var content = JsonElement.Parse(said).GetProperty("content").GetRawText();

        Assert.That(content, Does.Contain("\"thinking\":\"why\""));
        Assert.That(Translated.Messages($"[{{\"role\":\"assistant\",\"content\":{content}}}]", profile), Is.EqualTo("""[{"role":"assistant","content":"x"}]"""));
    }

    // OmniRoute #9463
    [Test]
    public void MiniMax_is_sent_images_where_it_takes_them()
    {
        Assert.That(Preset("minimax").FactsOf("MiniMax-M3"u8).Abilities.HasFlag(RequestNeeds.Vision), Is.False, "Anthropic's dialect: 403");
        Assert.That(Preset("minimax-openai").FactsOf("MiniMax-M3"u8).Abilities.HasFlag(RequestNeeds.Vision), Is.True);
    }

    // claude-code-router #760
    [TestCase("zai", "https://api.z.ai/api/anthropic")]
    [TestCase("zai-openai", "https://api.z.ai/api/paas/v4")]
    public void The_addresses_of_ZAI_are_known(string preset, string url) =>
        Assert.That(ProviderPresets.Start(preset, preset).BaseUrl!.OriginalString, Is.EqualTo(url));

    // CLIProxyAPI #2758, claude-code #24451
    [TestCase("deepseek", "deepseek-v4-pro", 384_000)]
    [TestCase("zai-openai", "glm-5.2", 131_072)]
    [TestCase("cerebras", "gpt-oss-120b", 16_384)]
    public void Nobody_is_asked_for_more_tokens_than_it_gives(string preset, string model, int most)
    {
        var profile = Preset(preset).ProfileFor(Encoding.UTF8.GetBytes(model));
        var request = """{"max_tokens":900000,"messages":[{"role":"user","content":"x"}]}""";
        Assert.That(Translated.Chat(request, profile).Member(profile.UsesMaxCompletionTokens ? "max_completion_tokens" : "max_tokens"), Is.EqualTo($"{most}"));
    }

    // CLIProxyAPI #1769, antigravity #51
    [Test]
    public void More_marks_than_four_or_one_on_thinking_are_no_reason_to_be_refused()
    {
        var mark = "\"cache_control\":{\"type\":\"ephemeral\"}";
        var texts = string.Join(',', Enumerable.Range(0, 6).Select(number => $"{{\"type\":\"text\",\"text\":\"{number}\",{mark}}}"));
        var request = Translated.Request($"[{{\"role\":\"assistant\",\"content\":[{{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\"s\",{mark}}},{{\"type\":\"text\",\"text\":\"x\"}}]}},{{\"role\":\"user\",\"content\":[{texts}]}}]");
        Assert.That(Translated.Chat(request, new() { Marks = CacheMarks.CacheControl }).Json.Split(mark), Has.Length.EqualTo(5));
        Assert.That(Translated.Chat(request).Json, Does.Not.Contain("cache_control"));
    }

    // llm-gateway-connect of Claude Code's documentation
    [TestCase("ContextWindowExceededError: This model's maximum context length is 100 tokens.")]
    [TestCase("prompt token count of 200 exceeds the limit of 100")]
    public void The_client_compacts_whatever_the_providers_words_are(string words)
    {
        var fault = ErrorBridge.Translate(400, JsonSerializer.SerializeToUtf8Bytes(new { error = new { message = words } }), -1, new DialectProfile(), 200, default);
        Assert.That((fault.Status, Encoding.UTF8.GetString(fault.Message.Span)), Is.EqualTo((400, "prompt is too long: 200 tokens > 100 maximum")));
    }

    private static Provider Preset(string name) => new(ProviderPresets.Start(name, name));

    private static AnswerContext Named(string provider, DialectProfile profile)
    {
        var context = Streams.Context(profile);
        context.ProviderName = Encoding.UTF8.GetBytes(provider);
        return context;
    }

    private static List<JsonElement> Events(string stream) =>
        [.. stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(text => JsonElement.Parse(text.Split("data: ")[1]))];

    // The blocks as type and text; whatever a strict reader would refuse fails.
    private static List<string> Check(string stream)
    {
        var blocks = new List<string>();
        var isOpen = false;
        var events = Events(stream);
        Assert.That(events.Count(item => TypeOf(item) == "message_start"), Is.EqualTo(1));
        foreach (var item in events)
        {
            switch (TypeOf(item))
            {
                case "content_block_start":
                    Assert.That((isOpen, item.GetProperty("index").GetInt32()), Is.EqualTo((false, blocks.Count)));
                    isOpen = true;
                    blocks.Add(TypeOf(item.GetProperty("content_block")) + ":");
                    break;
                case "content_block_delta":
                    Assert.That((isOpen, item.GetProperty("index").GetInt32()), Is.EqualTo((true, blocks.Count - 1)));
                    blocks[^1] += TextOf(blocks[^1].Split(':')[0], item.GetProperty("delta"));
                    break;
                case "content_block_stop":
                    Assert.That((isOpen, item.GetProperty("index").GetInt32()), Is.EqualTo((true, blocks.Count - 1)));
                    isOpen = false;
                    break;
            }
        }

        return blocks;
    }

    private static string TextOf(string block, JsonElement delta)
    {
        var (type, member) = block switch
        {
            "text" => ("text_delta", "text"),
            "thinking" => ("thinking_delta", "thinking"),
            _ => ("input_json_delta", "partial_json"),
        };
        Assert.That(TypeOf(delta), Is.EqualTo(type), block);
        return delta.GetProperty(member).GetString()!;
    }

    private static string TypeOf(JsonElement item) => item.GetProperty("type").GetString()!;
}
