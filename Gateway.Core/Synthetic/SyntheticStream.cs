using System.Buffers;
using Gateway.Core.Errors;

namespace Gateway.Core.Synthetic;

/// <summary>Writes an answer as the events of a stream, in the order Anthropic's API sends them.</summary>
/// <remarks>Source: platform.claude.com/docs/en/build-with-claude/streaming.</remarks>
internal static class SyntheticStream
{
    private const int CharsPerDelta = 24;
    private const int MostDeltas = 4_096;

    /// <summary>The events, as far as the commands let them come.</summary>
    public static List<SyntheticStep> Write(SyntheticRequest request, SyntheticScript script)
    {
        using var events = new EventScript();
        Open(events, request);
        for (var i = 0; i < script.Blocks.Count; i++)
        {
            WriteBlock(events, request, script.Blocks[i], i);
        }

        Close(events, request, script);
        var commands = request.Commands;
        var steps = events.Steps(commands.EndsAfter, commands.PaceMs);
        if (commands.EndsWithError)
        {
            steps.Add(new SyntheticStep(Error(), commands.PaceMs));
        }

        return steps;
    }

    private static void Open(EventScript events, SyntheticRequest request)
    {
        var json = events.Begin("message_start"u8);
        json.WriteStartObject("message"u8);
        SyntheticMessage.WriteIdentity(json, request);
        json.WriteStartArray("content"u8);
        json.WriteEndArray();
        SyntheticMessage.WriteStop(json, null, null);
        SyntheticUsage.WriteAtStart(json, request.Prompt);
        json.WriteEndObject();
        events.End();
        _ = events.Begin("ping"u8);
        events.End();
    }

    private static void WriteBlock(EventScript events, SyntheticRequest request, ScriptedBlock block, int index)
    {
        var json = events.Begin("content_block_start"u8);
        json.WriteNumber("index"u8, index);
        json.WriteStartObject("content_block"u8);
        SyntheticMessage.WriteBlock(json, request, block, index, isOpening: true);
        json.WriteEndObject();
        events.End();
        WriteDeltas(events, block, index);
        if (block.Kind == "thinking")
        {
            Delta(events, index, "signature_delta"u8, "signature"u8, SyntheticMessage.Signature(request));
        }

        events.Begin("content_block_stop"u8).WriteNumber("index"u8, index);
        events.End();
    }

    private static void WriteDeltas(EventScript events, ScriptedBlock block, int index)
    {
        var length = block.Kind == "thinking" ? SyntheticSpeech.Thought.Length : Math.Max(CharsPerDelta, block.Text.Length / MostDeltas);
        for (var start = 0; start < block.Text.Length;)
        {
            var end = SyntheticText.Border(block.Text, start + length);
            var piece = block.Text.AsSpan(start, end - start);
            switch (block.Kind)
            {
                case "thinking":
                    Delta(events, index, "thinking_delta"u8, "thinking"u8, piece);
                    break;
                case "tool_use":
                    Delta(events, index, "input_json_delta"u8, "partial_json"u8, piece);
                    break;
                default:
                    Delta(events, index, "text_delta"u8, "text"u8, piece);
                    break;
            }

            start = end;
        }
    }

    private static void Delta(EventScript events, int index, ReadOnlySpan<byte> type, ReadOnlySpan<byte> field, ReadOnlySpan<char> text)
    {
        var json = events.Begin("content_block_delta"u8);
        json.WriteNumber("index"u8, index);
        json.WriteStartObject("delta"u8);
        json.WriteString("type"u8, type);
        json.WriteString(field, text);
        json.WriteEndObject();
        events.End();
    }

    private static void Close(EventScript events, SyntheticRequest request, SyntheticScript script)
    {
        var json = events.Begin("message_delta"u8);
        json.WriteStartObject("delta"u8);
        SyntheticMessage.WriteStop(json, script.StopReason, script.StopSequence);
        json.WriteEndObject();
        SyntheticUsage.WriteAtEnd(json, request.Prompt, script);
        events.End();
        _ = events.Begin("message_stop"u8);
        events.End();
    }

    private static ReadOnlyMemory<byte> Error()
    {
        var output = new ArrayBufferWriter<byte>();
        AnthropicError.WriteEvent(output, AnthropicErrorType.Overloaded, "The prompt asked for this error."u8, default);
        return output.WrittenMemory;
    }
}
