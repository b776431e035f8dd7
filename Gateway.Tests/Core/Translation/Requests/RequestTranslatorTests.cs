using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Core.Translation;
using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>A whole request becomes a whole request, and odd ones do no harm.</summary>
[TestFixture]
internal sealed class RequestTranslatorTests
{
    private const string Rich = """
        {"model":"m","max_tokens":100,"stream":true,"temperature":0.5,"stop_sequences":["a"],"metadata":{"user_id":"u"},
        "system":[{"type":"text","text":"s"}],"thinking":{"type":"adaptive"},"output_config":{"effort":"high","format":{"type":"json_schema","schema":{"type":"object"}}},
        "tools":[{"name":"f","description":"d","input_schema":{"type":"object","properties":{"a":{"type":"object"}}}},{"type":"bash_20250124","name":"bash"},{"name":"late","defer_loading":true}],
        "tool_choice":{"type":"tool","name":"f","disable_parallel_tool_use":true},"mcp_servers":[{"name":"m"}],"container":{"skills":[]},
        "messages":[{"role":"user","content":[{"type":"text","text":"x"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}},{"type":"document","source":{"type":"text","data":"d"},"title":"t"}]},
        {"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"gw1.e30"},{"type":"text","text":"y"},{"type":"tool_use","id":"t1","name":"f","input":{"a":1}},{"type":"server_tool_use","id":"s","name":"web_search","input":{}},{"type":"web_search_tool_result","tool_use_id":"s","content":[{"type":"web_search_result","title":"T","url":"u"}]}]},
        {"role":"system","content":[{"type":"text","text":"n"},{"type":"tool_addition","tool":{"type":"tool_reference","name":"late"}}],"output_config":{"effort":"low"}},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","is_error":true,"content":[{"type":"text","text":"r"},{"type":"tool_reference","tool_name":"late"},{"type":"image","source":{"type":"url","url":"https://i"}}]}]}]}
        """;

    private static readonly DialectProfile Able = new()
    {
        ReasoningRequest = ReasoningRequest.Effort,
        ReasoningReplay = ReasoningReplay.ReasoningDetails,
        ReplaysForeignReasoning = true,
        PdfFileParts = true,
        StrictTools = true,
        TopK = true,
        UserField = true,
    };

    private static readonly string[] Oddities = ["null", "7", "\"\"", "\"\\ud800\\\\\"", "[]", "{}", "[[{}]]", "true", """{"type":"text","text":"\n"}"""];

    [Test]
    public void A_stream_is_asked_for_with_its_usage()
    {
        var translated = Translated.Chat(Translated.With("\"stream\":true"));
        Assert.That(translated.Json, Is.EqualTo("""{"model":"up","messages":[{"role":"user","content":"x"}],"max_tokens":10,"stream":true,"stream_options":{"include_usage":true}}"""));
        Assert.That(Translated.Chat(Translated.With("")).Member("stream_options"), Is.Empty);
    }

    [Test]
    public void Responses_keeps_nothing_at_the_provider() => Assert.That(
        Translated.Responses(Translated.With("\"stream\":true")).Json,
        Is.EqualTo("""{"model":"up","input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"x"}]}],"max_output_tokens":16,"store":false,"include":["reasoning.encrypted_content"],"stream":true}"""));

    [TestCase("\"stream\":true,\"tools\":[{\"name\":\"f\"}]", "true")]
    [TestCase("\"stream\":true", "")]
    [TestCase("\"tools\":[{\"name\":\"f\"}]", "")]
    public void Zai_is_asked_for_arguments_in_pieces(string members, string written) => Assert.That(
        Translated.Chat(Translated.With(members), new() { ToolStream = true }).Member("tool_stream"),
        Is.EqualTo(written));

    [Test]
    public void MiniMax_is_asked_to_keep_reasoning_apart() =>
        Assert.That(Translated.Chat(Translated.With(""), new() { ReasoningSplit = true }).Member("reasoning_split"), Is.EqualTo("true"));

    [Test]
    public void What_only_Anthropic_runs_is_told() => Assert.That(
        Translated.Chat(Translated.With("""
            "mcp_servers":[{"name":"m"}],"container":{"skills":[]},"context_management":{},"new_thing":1
            """)).Dropped,
        Is.EqualTo("mcp_servers,container"));

    [Test]
    public void Empty_servers_are_no_loss() => Assert.That(Translated.Chat(Translated.With("\"mcp_servers\":[],\"container\":null")).Dropped, Is.Empty);

    [Test]
    public void A_model_may_have_any_name()
    {
        var output = new ArrayBufferWriter<byte>();
        var body = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(Translated.With("")));
        new RequestTranslator().Translate(body, TranslationTarget.Chat, new DialectProfile(), "p"u8, "a \"b\""u8, output);
        Assert.That(Encoding.UTF8.GetString(output.WrittenSpan), Does.StartWith("""{"model":"a \"b\"","""));
    }

    [Test]
    public void Knows_what_the_request_is_likely_to_cost() => Assert.That(Translated.Chat(Rich).Translator.EstimatedInputTokens, Is.InRange(1_000, 5_000));

    // A provider's cache holds as long as the bytes do: what is said later may only be added behind.
    [Test]
    public void A_conversation_that_goes_on_begins_with_the_same_bytes([Values] bool isChat, [Values] bool midSystem)
    {
        string[] turns =
        [
            """{"role":"user","content":[{"type":"text","text":"one","cache_control":{"type":"ephemeral"}},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]}""",
            """{"role":"system","content":"cwd=/x"}""",
            """{"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"s"},{"type":"text","text":"two"},{"type":"tool_use","id":"a","name":"f","input":{"b":1,"a":2}}]}""",
            """{"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":[{"type":"text","text":"r"},{"type":"image","source":{"type":"url","url":"https://i.example"}}]},{"type":"text","text":"three"}]}""",
            """{"role":"system","content":[{"type":"text","text":"note"}],"output_config":{"effort":"low"}}""",
            """{"role":"assistant","content":"four"}""",
            """{"role":"user","content":"five"}""",
        ];
        const string Members = "\"system\":[{\"type\":\"text\",\"text\":\"x-anthropic-billing-header: cch=%\"},{\"type\":\"text\",\"text\":\"You are\"}],\"tools\":[{\"name\":\"f\",\"input_schema\":{}}]";
        var before = "";
        foreach (var turn in new[] { 1, 2, 4, 5, 7 })
        {
            var request = Translated.Request($"[{string.Join(',', turns[..turn])}]", Members.Replace("%", $"{turn}", StringComparison.Ordinal));
            var profile = new DialectProfile { MidSystem = midSystem };
            var json = (isChat ? Translated.Chat(request, profile) : Translated.Responses(request, profile)).Json;
            Assert.That(json, Does.StartWith(before), $"turn {turn}");
            before = json[..json.IndexOf("],\"tools\"", StringComparison.Ordinal)];
        }
    }

    [Test]
    public void A_translator_may_be_used_again()
    {
        var translator = new RequestTranslator();
        var body = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(Rich));
        var outputs = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            var output = new ArrayBufferWriter<byte>();
            translator.Translate(new ReadOnlySequence<byte>("{"u8.ToArray()), TranslationTarget.Responses, Able, "q"u8, "m"u8, new ArrayBufferWriter<byte>());
            Assert.That(translator.Translate(body, TranslationTarget.Chat, Able, "p"u8, "m"u8, output).Status, Is.EqualTo(200));
            outputs.Add(Encoding.UTF8.GetString(output.WrittenSpan));
        }

        Assert.That(outputs.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void A_body_cut_at_any_byte_is_refused()
    {
        for (var length = 0; length < Rich.TrimEnd().Length; length++)
        {
            var translated = Translated.Chat(Rich[..length]);
            Assert.That(translated.Verdict.Status, Is.EqualTo(400), $"cut at {length}");
            Assert.That(translated.Json, Is.Empty);
        }
    }

    [Test]
    public void Odd_values_in_any_place_do_no_harm()
    {
        foreach (var path in PathsOf(JsonNode.Parse(Rich)!, []))
        {
            foreach (var oddity in Oddities)
            {
                var request = Replaced(path, oddity);
                foreach (var translated in new[] { Translated.Chat(request, Able), Translated.Responses(request, Able), Translated.Chat(request) })
                {
                    Assert.That(translated.Verdict.Status, Is.AnyOf(200, 400), request);
                    if (translated.Verdict.Status == 200)
                    {
                        Assert.DoesNotThrow(() => JsonDocument.Parse(translated.Json).Dispose(), request);
                    }
                }
            }
        }
    }

    [TestCase("""[{"role":"user","content":""}]""")]
    [TestCase("""[{"role":"user","content":[{"type":"text","text":""}]}]""")]
    [TestCase("""[{"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"s"}]}]""")]
    public void Nobody_is_asked_with_nothing_to_say(string messages)
    {
        foreach (var translated in new[] { Translated.Chat(Translated.Request(messages)), Translated.Responses(Translated.Request(messages)) })
        {
            Assert.That(translated.Verdict, Is.EqualTo(new TranslationVerdict(400, "messages: at least one message with content is required")));
        }
    }

    [TestCase("\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}]", "web_search_20250305")]
    [TestCase("\"mcp_servers\":[{\"name\":\"m\"}],\"container\":\"c\"", "mcp_servers, container")]
    [TestCase("\"cache_control\":{\"type\":\"ephemeral\"},\"context_management\":{}", "")]
    public void Who_may_lose_nothing_refuses_what_would_be_lost(string members, string lost)
    {
        var strict = Translated.Chat(Translated.With(members), new() { RefusesLoss = true });
        Assert.That(strict.Verdict.Status, Is.EqualTo(lost.Length > 0 ? 400 : 200));
        Assert.That(strict.Verdict.Message, lost.Length > 0 ? Does.StartWith($"{lost}: the provider 'own'") : Is.Null);
        Assert.That(Translated.Chat(Translated.With(members)).Verdict.Status, Is.EqualTo(200));
    }

    private static IEnumerable<object[]> PathsOf(JsonNode node, object[] path)
    {
        var below = node switch
        {
            JsonObject members => members.SelectMany(member => PathsOf(member.Value!, [.. path, member.Key])),
            JsonArray items => items.SelectMany((item, index) => PathsOf(item!, [.. path, index])),
            _ => [],
        };
        return path.Length > 0 ? below.Append(path) : below;
    }

    private static string Replaced(object[] path, string oddity)
    {
        var root = JsonNode.Parse(Rich)!;
        var node = path[..^1].Aggregate(root, (parent, step) => step is int index ? parent[index]! : parent[(string)step]!);
        var mark = JsonValue.Create("REPLACED");
        if (path[^1] is int last)
        {
            node[last] = mark;
        }
        else
        {
            node[(string)path[^1]] = mark;
        }

        return root.ToJsonString().Replace("\"REPLACED\"", oddity, StringComparison.Ordinal);
    }
}
