using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Gateway.Core.Synthetic;

/// <summary>Writes an answer as the events of a stream, in the order Anthropic's API sends them.</summary>
/// <remarks>Source: platform.claude.com/docs/en/build-with-claude/streaming.</remarks>
internal sealed class SyntheticStream
{
    private const int Pieces = 5;

    private readonly List<SyntheticStep> _steps = [];
    private readonly SyntheticRequest _request;
    private readonly int _paceMs;

    private SyntheticStream(SyntheticRequest request, int paceMs)
    {
        _request = request;
        _paceMs = paceMs;
    }

    public static List<SyntheticStep> Write(SyntheticRequest request, SyntheticScript script, SyntheticCommands commands)
    {
        var stream = new SyntheticStream(request, commands.PaceMs);
        stream.Begin();
        for (var i = 0; i < script.Blocks.Count; i++)
        {
            stream.Block(script.Blocks[i], i);
        }

        stream.End(script);
        return commands.Ending == SyntheticEnding.Complete ? stream._steps : [.. stream._steps.Take(commands.EndsAfter)];
    }

    private void Begin()
    {
        Add("message_start", json =>
        {
            json.WriteStartObject("message"u8);
            SyntheticMessage.WriteIdentity(json, _request);
            json.WriteStartArray("content"u8);
            json.WriteEndArray();
            SyntheticMessage.WriteStop(json, null, null);
            SyntheticMessage.WriteUsage(json, _request.InputTokens, 1);
            json.WriteEndObject();
        });
        Add("ping", static _ => { });
    }

    private void Block(ScriptedBlock block, int index)
    {
        Add("content_block_start", json =>
        {
            json.WriteNumber("index"u8, index);
            json.WriteStartObject("content_block"u8);
            Open(json, block, index);
            json.WriteEndObject();
        });

        foreach (var piece in Cut(block.Text))
        {
            Delta(index, DeltaOf(block.Kind), piece);
        }

        if (block.Kind == "thinking")
        {
            Delta(index, ("signature_delta", "signature"), SyntheticMessage.Signature(_request));
        }

        Add("content_block_stop", json => json.WriteNumber("index"u8, index));
    }

    private void Open(Utf8JsonWriter json, ScriptedBlock block, int index)
    {
        json.WriteString("type"u8, block.Kind);
        switch (block.Kind)
        {
            case "thinking":
                json.WriteString("thinking"u8, ""u8);
                json.WriteString("signature"u8, ""u8);
                break;
            case "tool_use":
                json.WriteString("id"u8, SyntheticMessage.ToolId(_request, index));
                json.WriteString("name"u8, block.Name);
                json.WriteStartObject("input"u8);
                json.WriteEndObject();
                break;
            default:
                json.WriteString("text"u8, ""u8);
                break;
        }
    }

    private void Delta(int index, (string Type, string Field) kind, string text) => Add("content_block_delta", json =>
    {
        json.WriteNumber("index"u8, index);
        json.WriteStartObject("delta"u8);
        json.WriteString("type"u8, kind.Type);
        json.WriteString(kind.Field, text);
        json.WriteEndObject();
    });

    private void End(SyntheticScript script)
    {
        Add("message_delta", json =>
        {
            json.WriteStartObject("delta"u8);
            SyntheticMessage.WriteStop(json, script.StopReason, script.StopSequence);
            json.WriteEndObject();
            SyntheticMessage.WriteUsage(json, _request.InputTokens, script.OutputTokens);
        });
        Add("message_stop", static _ => { });
    }

    private static (string Type, string Field) DeltaOf(string kind) => kind switch
    {
        "thinking" => ("thinking_delta", "thinking"),
        "tool_use" => ("input_json_delta", "partial_json"),
        _ => ("text_delta", "text"),
    };

    // At character borders: a delta is valid text by itself.
    private static IEnumerable<string> Cut(string text)
    {
        var length = Math.Max(1, (text.Length + Pieces - 1) / Pieces);
        for (var start = 0; start < text.Length;)
        {
            var end = Math.Min(text.Length, start + length);
            end += end < text.Length && char.IsLowSurrogate(text[end]) ? 1 : 0;
            yield return text[start..end];
            start = end;
        }
    }

    private void Add(string type, Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write(Encoding.ASCII.GetBytes($"event: {type}\ndata: "));
        output.Write(SyntheticMessage.Object(json =>
        {
            json.WriteString("type"u8, type);
            write(json);
        }).Span);
        output.Write("\n\n"u8);
        _steps.Add(new SyntheticStep(output.WrittenMemory, _steps.Count == 0 ? 0 : _paceMs));
    }
}
