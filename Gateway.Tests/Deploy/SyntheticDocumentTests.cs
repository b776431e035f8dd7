using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gateway.Http.Sockets;
using Gateway.Tests.Architecture;
using Gateway.Tests.Support;

namespace Gateway.Tests.Deploy;

/// <summary>What docs/synthetic.md tells to type into a prompt is typed, and does what it says.</summary>
[TestFixture]
internal sealed partial class SyntheticDocumentTests
{
    private static readonly string Document = SourceTree.Read("docs/synthetic.md");

    [Test]
    public async Task Every_command_that_is_shown_is_understood_and_ends_as_it_says()
    {
        var commands = Shown().Matches(Document).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.That(commands, Has.Count.GreaterThan(12));
        await using var gateway = new TestGateway(TransportKind.Auto, "{}");
        var ends = await Task.WhenAll(commands.Select(command => EndOfAsync(gateway, command)));
        Assert.That(
            commands.Zip(ends).Select(pair => $"{pair.First}: {pair.Second}"),
            Is.EqualTo(commands.Select(command => $"{command}: {Expected(command)}")));
    }

    [Test]
    public async Task The_session_that_is_shown_runs_as_it_is_shown()
    {
        var prompt = Session().Match(Document).Groups[1].Value.TrimEnd();
        var shown = Call().Matches(Document).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}").ToList();
        Assert.That(shown, Has.Count.EqualTo(3));
        await using var gateway = new TestGateway(TransportKind.Auto, "{}");
        using var client = await gateway.ConnectAsync();
        var messages = new JsonArray(Said("user", prompt.Replace("@synthetic pace 40\n", "", StringComparison.Ordinal)));
        var called = new List<string>();
        JsonArray content;
        while (true)
        {
            var answer = JsonNode.Parse((await client.PostAsync(Request(messages))).Body)!;
            content = answer["content"]!.AsArray();
            if ((string?)answer["stop_reason"] != "tool_use")
            {
                break;
            }

            var calls = content.Where(block => (string?)block!["type"] == "tool_use").ToList();
            called.AddRange(calls.Select(call => $"{call!["name"]} {call["input"]!.ToJsonString(Plain)}"));
            messages.Add(Said("assistant", content.DeepClone()));
            messages.Add(Said("user", new JsonArray([.. calls.Select(call => new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = (string?)call!["id"], ["content"] = "done" })])));
        }

        Assert.That(called, Is.EqualTo(shown));
        Assert.That(prompt, Does.EndWith($"@synthetic text {content[^1]!["text"]}"));
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static async Task<string> EndOfAsync(TestGateway gateway, string command)
    {
        using var client = await gateway.ConnectAsync();
        var messages = new JsonArray(Said("user", command.Contains(" also ", StringComparison.Ordinal) ? $"@synthetic tool Bash {{}}\n{command}" : command));
        await client.SendAsync("POST /anthropic/v1/messages", Request(messages, streams: true));
        var head = await client.ReadHeadAsync();
        var status = head.FirstLine.Split(' ')[1];
        if (status != "200")
        {
            return $"{status} {head["retry-after"]}{head["x-should-retry"]}".TrimEnd();
        }

        var end = Expected(command) switch { "cut" => "", "event: error" => "event: error\n", _ => "event: message_stop\n" };
        if (end.Length == 0)
        {
            await client.ReadUntilAsync("event: ");
            return "cut";
        }

        var text = await client.ReadPayloadUntilAsync(end);
        return text.Contains("Not understood", StringComparison.Ordinal) ? "not understood" : end.TrimEnd();
    }

    private static string Expected(string command) => command.Split(' ') switch
    {
        [_, "status", var status, "retry-after" or "should-retry", var advice, ..] => $"{status} {advice}",
        [_, "status", var status, ..] => status,
        [_, "cut" or "reset", ..] => "cut",
        [_, "error", ..] => "event: error",
        _ => "event: message_stop",
    };

    private static byte[] Request(JsonArray messages, bool streams = false) => System.Text.Encoding.UTF8.GetBytes(new JsonObject
    {
        ["model"] = "claude-synthetic-1",
        ["max_tokens"] = 32_000,
        ["stream"] = streams,
        ["thinking"] = new JsonObject { ["type"] = "adaptive" },
        ["tools"] = new JsonArray([.. new[] { "Write", "Bash", "Read" }.Select(name => new JsonObject { ["name"] = name, ["input_schema"] = new JsonObject { ["type"] = "object" } })]),
        ["messages"] = messages.DeepClone(),
    }.ToJsonString());

    private static JsonObject Said(string role, JsonNode content) => new() { ["role"] = role, ["content"] = content };

    [GeneratedRegex("`(@synthetic [^`]+)`")]
    private static partial Regex Shown();

    [GeneratedRegex(@"^(Show me a session\.\n(?:@synthetic [^\n]+\n)+)", RegexOptions.Multiline)]
    private static partial Regex Session();

    [GeneratedRegex(@"^assistant  tool_use  (\w+) (\{.*\})$", RegexOptions.Multiline)]
    private static partial Regex Call();
}
