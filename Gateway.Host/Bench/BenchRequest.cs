using System.Text;
using Gateway.Core.Schema;

namespace Gateway.Host.Bench;

/// <summary>What is asked: small, always the same, and shaped as a coding agent asks: a system prompt, tools, a stream.</summary>
internal static class BenchRequest
{
    /// <summary>Most tokens of an answer.</summary>
    public const int MaxTokens = 200;

    /// <summary>The tool that is asked for.</summary>
    public const string Tool = "report";

    /// <summary>The member that a right tool call has, and its value.</summary>
    public const string Member = "sum";

    /// <inheritdoc cref="Member"/>
    public const int Value = 5;

    // What vendors put before a request that has tools is some 350 to 550 tokens (Anthropic, "Pricing": tool use).
    private const int LongestPreamble = 600;

    /// <summary>More tokens than its input can be: no token is shorter than a byte.</summary>
    public static int MostInputTokens { get; } = Math.Max(Body("", calls: true).Length, Body("", calls: false).Length) + LongestPreamble;

    /// <summary>Every second request asks for a tool call, the others for text.</summary>
    /// <param name="place">Place of the request among those to one provider, from 0.</param>
    public static bool AsksForCall(int place) => place % 2 == 1;

    /// <summary>The body.</summary>
    /// <param name="model">Who is asked.</param>
    /// <param name="calls">Asks for a tool call; else for text.</param>
    public static byte[] Body(string model, bool calls) => Encoding.UTF8.GetBytes(JsonLayout.Indented(json =>
    {
        json.WriteStartObject();
        json.WriteString("model"u8, model);
        json.WriteNumber("max_tokens"u8, MaxTokens);
        json.WriteBoolean("stream"u8, true);
        json.WritePropertyName("system"u8);
        json.WriteRawValue("""
            [{"type":"text","text":"You are an agent that works in a repository. Answer briefly. Call a tool where one is asked for, with arguments that fit its schema, and say nothing else then."}]
            """u8);
        json.WritePropertyName("tools"u8);
        json.WriteRawValue("""
            [{"name":"read","description":"Reads a file.","input_schema":{"type":"object","properties":{"path":{"type":"string"},"offset":{"type":"integer"}},"required":["path"]}},
             {"name":"search","description":"Finds lines by a pattern.","input_schema":{"type":"object","properties":{"pattern":{"type":"string"},"folder":{"type":"string"}},"required":["pattern"]}},
             {"name":"report","description":"Takes the result of a sum.","input_schema":{"type":"object","properties":{"sum":{"type":"integer","const":5}},"required":["sum"]}}]
            """u8);
        json.WritePropertyName("messages"u8);
        json.WriteRawValue(calls
            ? """[{"role":"user","content":"Report the sum of 2 and 3 with the tool."}]"""u8
            : """[{"role":"user","content":"Count from one to thirty in words, on one line, without a tool."}]"""u8);
        json.WritePropertyName("tool_choice"u8);
        json.WriteRawValue(calls ? """{"type":"tool","name":"report"}"""u8 : """{"type":"none"}"""u8);
        json.WriteEndObject();
    }));
}
