using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Core.Synthetic;

namespace Gateway.Tests.Core.Synthetic;

/// <summary>Requests for the built-in model, and its answers as a client understands them.</summary>
internal static class Played
{
    private static readonly string[] Bash = ["Bash", "Read"];

    /// <summary>A request with tools whose last message is this prompt; members are added or replaced.</summary>
    public static JsonObject Request(string prompt, params (string Name, JsonNode? Value)[] members)
    {
        var request = new JsonObject
        {
            ["model"] = "claude-test",
            ["messages"] = new JsonArray(User(prompt)),
            ["tools"] = new JsonArray([.. Bash.Select(Tool)]),
            ["max_tokens"] = 1_000,
            ["stream"] = true,
        };
        foreach (var (name, value) in members)
        {
            request[name] = value;
        }

        return request;
    }

    public static JsonNode User(string text) => new JsonObject { ["role"] = "user", ["content"] = text };

    public static JsonNode Tool(string name) => new JsonObject
    {
        ["name"] = name,
        ["input_schema"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["command"] = new JsonObject { ["type"] = "string" } },
            ["required"] = new JsonArray("command"),
        },
    };

    /// <summary>The request that follows an answer: its content, then a result for each of its calls.</summary>
    public static JsonObject Next(JsonObject request, JsonArray content, string result = "done", bool isError = false)
    {
        var next = request.DeepClone().AsObject();
        var messages = next["messages"]!.AsArray();
        messages.Add(new JsonObject { ["role"] = "assistant", ["content"] = content.DeepClone() });
        messages.Add(new JsonObject
        {
            ["role"] = "user",
            ["content"] = new JsonArray([.. content.Where(block => (string?)block!["type"] == "tool_use").Select(block => new JsonObject
            {
                ["type"] = "tool_result",
                ["tool_use_id"] = (string?)block!["id"],
                ["content"] = result,
                ["is_error"] = isError,
            })]),
        });
        return next;
    }

    public static SyntheticAnswer Answer(JsonNode request) => SyntheticModel.Answer(Bytes(request));

    public static ReadOnlySequence<byte> Bytes(JsonNode request) => new(Encoding.UTF8.GetBytes(request.ToJsonString()));

    /// <summary>Plays a stream as a strict client does; fails where an event may not come.</summary>
    public static JsonObject Message(JsonNode request) => new StrictClient().Read(Answer(request));

    /// <summary>The content of the answer to a request.</summary>
    public static JsonArray Content(JsonNode request) => Message(request)["content"]!.AsArray();

    /// <summary>All text of the answer.</summary>
    public static string Text(JsonNode request) =>
        string.Concat(Content(request).Where(block => (string?)block!["type"] == "text").Select(block => (string?)block!["text"]));

    /// <summary>The names of the tools called.</summary>
    public static string Calls(JsonNode request) =>
        string.Join(' ', Content(request).Where(block => (string?)block!["type"] == "tool_use").Select(block => (string?)block!["name"]));

    /// <summary>The name of each event.</summary>
    public static List<string> Names(SyntheticAnswer answer) =>
        [.. answer.Steps.Select(step => Encoding.UTF8.GetString(step.Bytes.Span).Split('\n')[0]["event: ".Length..])];

    /// <summary>An error's type.</summary>
    public static string ErrorType(SyntheticAnswer answer) => Error(answer).GetProperty("type").GetString()!;

    /// <summary>An error's message.</summary>
    public static string ErrorMessage(SyntheticAnswer answer) => Error(answer).GetProperty("message").GetString()!;

    private static JsonElement Error(SyntheticAnswer answer)
    {
        using var document = JsonDocument.Parse(answer.Body);
        Assert.That(document.RootElement.GetProperty("type").GetString(), Is.EqualTo("error"));
        return document.RootElement.GetProperty("error").Clone();
    }
}
