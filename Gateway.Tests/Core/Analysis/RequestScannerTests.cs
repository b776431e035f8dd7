using System.Text;
using System.Text.Json;
using Gateway.Core.Analysis;

namespace Gateway.Tests.Core.Analysis;

[TestFixture]
internal sealed class RequestScannerTests
{
    private const string Request = """
        {"model":"claude-\u006fpus","messages":[{"role":"user","content":[{"type":"text","text":"say \"hi\" \\ \n\u00e9 {\"model\":\"no\"} and a good deal more, so that whole blocks of the string are read \t at once\\"},
        {"type":"image","source":{"type":"base64","data":"AAAA"}},{"source":{"content":[{"type":"image"}],"type":"content"},"type":"document"}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"image","source":{}},{"type":"text","text":"x"}]},
        {"type":"tool_use","input":{"type":"image","content":[{"type":"image"}]}}]},{"role":"system","content":"plain"}],
        "system":[{"type":"text","text":"s"}],"tools":[{"name":"a","input_schema":{"type":"object"}},{"type":"custom","name":"b"},{"type":"web_search_20250305","name":"web_search"}],
        "tool_choice":{"type":"auto"},"metadata":{"model":"inner","stream":true,"max_tokens":1},"max_tokens":32000,"thinking":{"budget_tokens":1024,"type":"enabled"},
        "output_config":{"format":{"type":"json_schema"}},"numbers":[0,-1,1.5e-3,1E+2],"words":[true,false,null],"stream":true}
        """;

    [Test]
    public void Finds_what_routing_must_know()
    {
        var scanner = Scans.Of(Request);
        var found = scanner.Result;
        Assert.Multiple(() =>
        {
            Assert.That(scanner.Error, Is.EqualTo(ScanError.None));
            Assert.That(Encoding.UTF8.GetString(found.Model), Is.EqualTo("claude-opus"));
            Assert.That(Request.Substring((int)found.ModelOffset, (int)found.ModelLength), Is.EqualTo("\"claude-\\u006fpus\""));
            Assert.That(found.Messages, Is.EqualTo(3));
            Assert.That(found.Tools, Is.EqualTo(3));
            Assert.That(found.ServerTools, Is.EqualTo(1));
            Assert.That(found.Images, Is.EqualTo(3));
            Assert.That(found.Documents, Is.EqualTo(1));
            Assert.That(found.MaxTokens, Is.EqualTo(32000));
            Assert.That(found.Thinking, Is.EqualTo(ThinkingMode.Enabled));
            Assert.That(found.ThinkingBudget, Is.EqualTo(1024));
            Assert.That(found.IsStreaming);
            Assert.That(found.HasToolChoice);
            Assert.That(found.WantsJson);
            Assert.That(found.SystemShape, Is.EqualTo(JsonShape.Array));
            Assert.That(found.Bytes, Is.EqualTo(Encoding.UTF8.GetByteCount(Request)));
        });
    }

    [Test]
    public void Finds_the_same_however_the_body_is_cut([Range(1, 70)] int pieceBytes) =>
        Assert.That(Scans.Describe(Scans.Of(Request, pieceBytes)), Is.EqualTo(Scans.Describe(Scans.Of(Request))));

    [Test]
    public void Finds_the_same_at_every_cut()
    {
        var bytes = Encoding.UTF8.GetBytes(Request);
        var whole = Scans.Describe(Scans.Of(bytes));
        var scanner = new RequestScanner();
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            scanner.Reset();
            _ = scanner.Feed(bytes.AsSpan(0, cut));
            _ = scanner.Feed(bytes.AsSpan(cut));
            _ = scanner.Complete();
            Assert.That(Scans.Describe(scanner), Is.EqualTo(whole), $"cut at {cut}");
        }
    }

    [Test]
    public void Every_beginning_of_a_body_is_truncated()
    {
        var bytes = Encoding.UTF8.GetBytes(Request);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.That(Scans.Of(bytes[..length]).Error, Is.EqualTo(ScanError.Truncated), $"{length} bytes");
        }
    }

    [TestCase("[]")]
    [TestCase("\"x\"")]
    [TestCase("1")]
    [TestCase("null")]
    [TestCase("true")]
    public void Refuses_a_value_that_is_no_object(string text) => Assert.That(Scans.Of(text).Error, Is.EqualTo(ScanError.NotAnObject));

    [TestCase("")]
    [TestCase("   ")]
    public void Refuses_nothing(string text) => Assert.That(Scans.Of(text).Error, Is.EqualTo(ScanError.Truncated));

    [TestCase("{}{}")]
    [TestCase("{} x")]
    [TestCase("{}\0")]
    [TestCase("\uFEFF{}")]
    [TestCase("{}]")]
    public void Refuses_what_stands_around_the_object(string text) => Assert.That(Scans.Of(text).Error, Is.Not.EqualTo(ScanError.None));

    [Test]
    public void Takes_512_levels_and_refuses_513([Values('[', '{')] char open)
    {
        Assert.That(Scans.Of(Nested(RequestScanner.MaxDepth, open)).Error, Is.EqualTo(ScanError.None));
        Assert.That(Scans.Of(Nested(RequestScanner.MaxDepth + 1, open)).Error, Is.EqualTo(ScanError.TooDeep));
        Assert.That(Scans.Of(Nested(100_000, open)).Error, Is.EqualTo(ScanError.TooDeep));
    }

    [TestCase("""{"model":"a","model":"b"}""")]
    [TestCase("""{"model":"a","mod\u0065l":"b"}""")]
    [TestCase("""{"model":1,"model":"b"}""")]
    public void Notices_a_repeated_model(string text) => Assert.That(Scans.Of(text).Result.IsModelRepeated);

    [Test]
    public void Agrees_with_the_platforms_reader_on_mutated_requests()
    {
        var random = new Random(20261123);
        var original = Encoding.UTF8.GetBytes(Request);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = (byte[])original.Clone();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(128);
            }

            Assert.That(Scans.Of(bytes, random.Next(1, 200)).Error == ScanError.None, Is.EqualTo(IsObject(bytes)), Encoding.UTF8.GetString(bytes));
        }
    }

    [Test]
    public void Scanning_allocates_nothing()
    {
        var bytes = Encoding.UTF8.GetBytes(Request);
        var scanner = new RequestScanner();
        Rounds(50);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Rounds(500);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Rounds(int count)
        {
            for (var round = 0; round < count; round++)
            {
                scanner.Reset();
                _ = scanner.Feed(bytes.AsSpan(0, 333));
                _ = scanner.Feed(bytes.AsSpan(333));
                _ = scanner.Complete();
            }
        }
    }

    private static string Nested(int levels, char open) => open == '['
        ? "{\"a\":" + new string('[', levels - 1) + new string(']', levels - 1) + "}"
        : string.Concat(Enumerable.Repeat("{\"a\":", levels - 1)) + "{" + new string('}', levels);

    private static bool IsObject(byte[] bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = RequestScanner.MaxDepth });
            var isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            while (reader.Read())
            {
                // Only the grammar is asked.
            }

            return isObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
