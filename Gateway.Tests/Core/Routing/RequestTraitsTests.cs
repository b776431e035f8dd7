using System.Buffers;
using System.Text;
using Gateway.Core.Analysis;
using Gateway.Core.Configuration;
using Gateway.Core.Routing;

namespace Gateway.Tests.Core.Routing;

[TestFixture]
internal sealed class RequestTraitsTests
{
    private const string Tail = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":32000}";

    [TestCase("{\"model\":\"m\"," + Tail, "", RequestKind.Main)]
    [TestCase("{\"model\":\"m\"," + Tail, "x-claude-code-agent-id: a1", RequestKind.Subagent)]
    [TestCase("{\"model\":\"m\"," + Tail, "x-claude-code-request-class: subagent", RequestKind.Subagent)]
    [TestCase("{\"model\":\"m\"," + Tail, "x-claude-code-request-class: workflow", RequestKind.Workflow)]
    [TestCase("{\"model\":\"m\"," + Tail, "x-claude-code-request-class: compaction", RequestKind.Compaction)]
    [TestCase("{\"model\":\"m\"," + Tail, "x-claude-code-compaction: auto", RequestKind.Compaction)]
    [TestCase("{\"model\":\"m\"," + Tail, "x-claude-code-request-class: auxiliary", RequestKind.Auxiliary)]
    [TestCase("{\"model\":\"m\"," + Tail, "x-claude-code-request-class: of-next-year", RequestKind.Main)]
    [TestCase("{\"model\":\"m\",\"output_config\":{\"format\":{}}," + Tail, "", RequestKind.Auxiliary)]
    [TestCase("{\"model\":\"m\",\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}]," + Tail, "", RequestKind.Auxiliary)]
    [TestCase("{\"model\":\"m\",\"stop_sequences\":[\"</severity>\"],\"messages\":[{}],\"max_tokens\":64}", "", RequestKind.Auxiliary)]
    [TestCase("{\"model\":\"m\",\"messages\":[{}],\"max_tokens\":1}", "", RequestKind.Auxiliary)]
    [TestCase("{\"model\":\"m\",\"tools\":[{\"name\":\"Bash\"}],\"stop_sequences\":[\"x\"]," + Tail, "", RequestKind.Main)]
    public void The_kind_is_told_by_hints_else_by_the_tell_tales(string body, string field, RequestKind kind) =>
        Assert.That(new RequestTraits(Scan(body), new OneField(field)).Kind, Is.EqualTo(kind));

    [Test]
    public void Needs_are_what_the_body_holds()
    {
        var body = """
            {"model":"m","stream":true,"thinking":{"type":"adaptive"},"tools":[{"name":"a"},{"type":"web_search_20250305","name":"w"}],
             "output_config":{"format":{"type":"json_schema"}},"max_tokens":5,
             "messages":[{"role":"user","content":[{"type":"tool_result","content":[{"type":"image","source":{"data":"QUJD"}}]},{"type":"document","source":{"data":"QUJD"}}]}]}
            """;
        Assert.That(
            new RequestTraits(Scan(body), new OneField("")).Needs,
            Is.EqualTo(RequestNeeds.Streaming | RequestNeeds.Thinking | RequestNeeds.Tools | RequestNeeds.ServerTools | RequestNeeds.Json | RequestNeeds.Vision | RequestNeeds.Documents));
        Assert.That(new RequestTraits(Scan("{\"model\":\"m\",\"thinking\":{\"type\":\"disabled\"}," + Tail), new OneField("")).Needs, Is.EqualTo(RequestNeeds.None));
    }

    [Test]
    public void The_bytes_of_an_image_are_no_prompt()
    {
        var image = new string('A', 400_000);
        var body = $$$"""{"model":"m","messages":[{"content":[{"type":"image","source":{"type":"base64","data":"{{{image}}}"}}]}],"max_tokens":5}""";
        Assert.That(new RequestTraits(Scan(body), new OneField("")).InputTokens, Is.InRange(1_600, 1_700));
    }

    [Test]
    public void A_conversation_is_its_session_and_agent_else_its_user_else_its_beginning()
    {
        var first = "{\"model\":\"m\",\"system\":\"be good\",\"messages\":[{\"content\":\"hi\"}],\"max_tokens\":5}";
        var second = "{\"model\":\"m\",\"system\":\"be good\",\"messages\":[{\"content\":\"hi\"},{\"content\":\"ho\"}],\"max_tokens\":7,\"stream\":true}";
        var another = "{\"model\":\"m\",\"system\":\"be good\",\"messages\":[{\"content\":\"he\"}],\"max_tokens\":5}";
        var strict = "{\"model\":\"m\",\"system\":\"be bad!\",\"messages\":[{\"content\":\"hi\"}],\"max_tokens\":5}";
        var user = "{\"model\":\"m\",\"metadata\":{\"user_id\":\"u1\"},\"messages\":[{\"content\":\"hi\"}],\"max_tokens\":5}";
        Assert.Multiple(() =>
        {
            Assert.That(Key(first), Is.EqualTo(Key(second)).And.Not.EqualTo(Key(another)).And.Not.EqualTo(Key(strict)));
            Assert.That(Key(user), Is.EqualTo(Key(user.Replace("hi", "ho", StringComparison.Ordinal))).And.Not.EqualTo(Key(user.Replace("u1", "u2", StringComparison.Ordinal))));
            Assert.That(Key(first, "x-claude-code-session-id: s"), Is.EqualTo(Key(another, "x-claude-code-session-id: s")).And.Not.EqualTo(Key(first, "x-claude-code-session-id: t")));
            Assert.That(Key(user, "x-claude-code-agent-id: a"), Is.Not.EqualTo(Key(user)));
        });
    }

    [TestCase(",\"cache_control\":{\"type\":\"ephemeral\"}")]
    [TestCase(",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}")]
    [TestCase(", \"cache_control\": {\"type\": \"ephemeral\"}")]
    public void A_cache_mark_that_goes_with_the_last_message_makes_no_other_conversation(string mark)
    {
        Assert.That(Key(Asking("hi", mark)), Is.EqualTo(Key(Asking("hi", ""))).And.Not.EqualTo(Key(Asking("ho", mark))));
        Assert.That(Key(Asking("\\\"cache_control\\\":{} hi", mark)), Is.Not.EqualTo(Key(Asking("\\\"cache_control\\\":{} ho", mark))), "what is said of marks is text");
    }

    private static string Asking(string text, string mark) =>
        $"{{\"model\":\"m\",\"max_tokens\":1,\"messages\":[{{\"role\":\"user\",\"content\":[{{\"type\":\"text\",\"text\":\"{text}\"{mark}}}]}}]}}";

    private static ulong Key(string body, string field = "") =>
        ConversationKey.Of(Scan(body), new OneField(field), new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body)));

    private static ScannedRequest Scan(string body)
    {
        var scanner = new RequestScanner();
        scanner.Reset();
        scanner.Feed(Encoding.UTF8.GetBytes(body));
        Assert.That(scanner.Complete(), Is.EqualTo(ScanStatus.Done));
        return scanner.Result;
    }

    private sealed class OneField(string line) : IRequestFields
    {
        public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
        {
            var cut = line.IndexOf(':', StringComparison.Ordinal);
            var isIt = cut > 0 && Encoding.UTF8.GetString(name) == line[..cut];
            value = isIt ? Encoding.UTF8.GetBytes(line[(cut + 1)..].Trim()) : default;
            return isIt;
        }
    }
}
