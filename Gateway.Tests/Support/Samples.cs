using System.Text;

namespace Gateway.Tests.Support;

/// <summary>Requests and answers that tests share.</summary>
internal static class Samples
{
    /// <summary>The smallest request for a message that is accepted.</summary>
    public static byte[] Request { get; } = Message("claude-test");

    /// <summary>A whole streamed answer, one event each.</summary>
    public static string[] Events { get; } =
    [
        Event("message_start", """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"usage":{"input_tokens":5,"output_tokens":1}}}"""),
        Event("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"""),
        Event("ping", """{"type":"ping"}"""),
        Event("content_block_delta", """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Grüße, 世界 🌍"}}"""),
        Event("content_block_stop", """{"type":"content_block_stop","index":0}"""),
        Event("message_delta", """{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":7}}"""),
        Event("message_stop", """{"type":"message_stop"}"""),
    ];

    /// <summary>The same answer as one text.</summary>
    public static string Stream { get; } = string.Concat(Events);

    /// <summary>A whole answer in JSON.</summary>
    public static string Answer { get; } =
        """{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"Grüße"}],"stop_reason":"end_turn","usage":{"input_tokens":5,"output_tokens":7}}""";

    /// <summary>A request that asks a model.</summary>
    public static byte[] Message(string model, string text = "Hello") => Encoding.UTF8.GetBytes(
        $$"""{"model":"{{model}}","messages":[{"role":"user","content":"{{text}}"}],"max_tokens":64,"stream":true}""");

    /// <summary>A request of about so many bytes, with content of many kinds that must not be touched.</summary>
    public static byte[] LargeMessage(int bytes)
    {
        var text = new StringBuilder("""{ "model" : "claude-test" ,"max_tokens":100, "unknown_field" : [1.50, -0.0, 1E+2, null], "messages":[""");
        for (var i = 0; text.Length < bytes; i++)
        {
            text.Append($$"""{"role":"user","content":[{"type":"text","text":"é\u00e9\n {{i * 7919L:x}} 世界"},{"type":"image","source":{"data":"{{new string('A', i * 31 % 200)}}" } }]}, """);
        }

        return Encoding.UTF8.GetBytes(text + """{"role":"user","content":"\"last\""}],"stream":true}""");
    }

    private static string Event(string name, string json) => $"event: {name}\ndata: {json}\n\n";
}
