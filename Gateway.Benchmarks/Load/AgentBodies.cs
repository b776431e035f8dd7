using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gateway.Benchmarks.Load;

/// <summary>Requests as Claude Code sends them: its shape and sizes, with words of no meaning. The same bytes in every run.</summary>
internal static class AgentBodies
{
    private const string Lorem = "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua ";
    private const string Code = "\tif (line.StartsWith(\"data: \")) {\n\t\treturn \"C:\\\\temp\\\\\" + line[6..];\n\t}\n";

    // Names and bytes of the tools that its first request offers.
    private static readonly (string Name, int Bytes)[] Tools =
    [
        ("Agent", 5_289), ("Bash", 3_925), ("Edit", 985), ("ListAgents", 1_992), ("Read", 1_942), ("ReportFindings", 2_441),
        ("ScheduleWakeup", 4_942), ("Skill", 1_830), ("ToolSearch", 1_468), ("Workflow", 5_735), ("Write", 658),
    ];

    /// <summary>A session: its title, a first request, then turns of tool calls and their results, as they grow; a subagent.</summary>
    public static IReadOnlyList<byte[]> Session() => [Title(), Conversation(0), Conversation(1), Conversation(4), Conversation(12), Subagent(), Conversation(30)];

    /// <summary>A question about a picture of so many bytes of Base64.</summary>
    public static byte[] Picture(int bytes) => Write(json =>
    {
        Begin(json, systemBytes: 7_000, toolCount: Tools.Length);
        json.WriteStartArray("messages");
        BeginMessage(json, "user");
        json.WriteStartObject();
        json.WriteString("type", "image");
        json.WriteStartObject("source");
        json.WriteString("type", "base64");
        json.WriteString("media_type", "image/png");
        json.WriteBase64String("data", Noise(bytes * 3 / 4));
        json.WriteEndObject();
        json.WriteEndObject();
        WriteText(json, "What does this picture show?");
        EndMessage(json);
        json.WriteEndArray();
    });

    private static byte[] Title() => Write(json =>
    {
        Begin(json, systemBytes: 3_100, toolCount: 0);
        json.WriteStartArray("messages");
        BeginMessage(json, "user");
        WriteText(json, Text(Lorem, 200));
        EndMessage(json);
        json.WriteEndArray();
    });

    private static byte[] Subagent() => Write(json =>
    {
        Begin(json, systemBytes: 3_200, toolCount: 6);
        WriteConversation(json, turns: 1, introduction: 7_800);
    });

    private static byte[] Conversation(int turns) => Write(json =>
    {
        Begin(json, systemBytes: 7_100, toolCount: Tools.Length);
        WriteConversation(json, turns, introduction: 9_400);
    });

    private static byte[] Write(Action<Utf8JsonWriter> content)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Begin(Utf8JsonWriter json, int systemBytes, int toolCount)
    {
        json.WriteString("model", "claude-sonnet-4-5");
        json.WriteNumber("max_tokens", 32_000);
        json.WriteBoolean("stream", true);
        json.WriteStartObject("metadata");
        json.WriteString("user_id", "{\"device_id\":\"0123456789abcdef\",\"account_uuid\":\"\",\"session_id\":\"00000000-0000-4000-8000-000000000001\"}");
        json.WriteEndObject();
        json.WriteStartArray("system");
        WriteText(json, "You are a coding agent.");
        WriteText(json, Text(Lorem, systemBytes), isCached: true);
        json.WriteEndArray();
        json.WriteStartArray("tools");
        foreach (var (name, bytes) in Tools.Take(toolCount))
        {
            WriteTool(json, name, bytes);
        }

        json.WriteEndArray();
    }

    private static void WriteTool(Utf8JsonWriter json, string name, int bytes)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("description", Text(Lorem, Math.Max(20, bytes - 260)));
        json.WriteStartObject("input_schema");
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        json.WriteStartObject("command");
        json.WriteString("type", "string");
        json.WriteString("description", Text(Lorem, 60));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("required");
        json.WriteStringValue("command");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteConversation(Utf8JsonWriter json, int turns, int introduction)
    {
        json.WriteStartArray("messages");
        BeginMessage(json, "user");
        WriteText(json, Text(Lorem, introduction));
        WriteText(json, "Find out why the test fails.", isCached: turns == 0);
        EndMessage(json);
        for (var turn = 0; turn < turns; turn++)
        {
            WriteTurn(json, $"toolu_scripted_{turn}", isLast: turn == turns - 1);
        }

        json.WriteEndArray();
    }

    private static void WriteTurn(Utf8JsonWriter json, string call, bool isLast)
    {
        BeginMessage(json, "assistant");
        WriteText(json, "I will read the file.");
        json.WriteStartObject();
        json.WriteString("type", "tool_use");
        json.WriteString("id", call);
        json.WriteString("name", "Bash");
        json.WriteStartObject("input");
        json.WriteString("command", "sed -n '1,60p' src/reader.cs");
        json.WriteEndObject();
        json.WriteEndObject();
        EndMessage(json);
        BeginMessage(json, "user");
        json.WriteStartObject();
        json.WriteString("type", "tool_result");
        json.WriteString("tool_use_id", call);
        json.WriteString("content", Text(Code, 1_200));
        WriteCaching(json, isLast);
        json.WriteEndObject();
        EndMessage(json);
    }

    private static void BeginMessage(Utf8JsonWriter json, string role)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WriteStartArray("content");
    }

    private static void EndMessage(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string text, bool isCached = false)
    {
        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("text", text);
        WriteCaching(json, isCached);
        json.WriteEndObject();
    }

    private static void WriteCaching(Utf8JsonWriter json, bool isCached)
    {
        if (isCached)
        {
            json.WriteStartObject("cache_control");
            json.WriteString("type", "ephemeral");
            json.WriteEndObject();
        }
    }

    private static string Text(string words, int bytes)
    {
        var text = new StringBuilder(bytes + words.Length);
        while (text.Length < bytes)
        {
            text.Append(words);
        }

        return text.ToString(0, bytes);
    }

    // Bytes without a pattern, from a generator that is the same everywhere (xorshift).
    private static byte[] Noise(int bytes)
    {
        var noise = new byte[bytes];
        var state = 88_172_645_463_325_252UL;
        for (var i = 0; i < noise.Length; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            noise[i] = (byte)state;
        }

        return noise;
    }
}
