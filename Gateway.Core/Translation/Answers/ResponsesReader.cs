using System.Buffers;
using System.Buffers.Text;

namespace Gateway.Core.Translation.Answers;

/// <summary>Reads one event of a Responses stream, or a whole response, into the message that is built.</summary>
internal sealed class ResponsesReader(AnswerBuilder builder)
{
    private readonly ArrayBufferWriter<byte> _members = new(256);
    private int _summaryParts;
    private bool _hasText;
    private bool _hasReasoning;

    /// <summary>The provider has said that the response is over.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Forgets the last response.</summary>
    public void Begin()
    {
        _summaryParts = 0;
        _hasText = _hasReasoning = IsOver = false;
    }

    /// <summary>Reads a valid JSON value; the error it tells, if it tells one, else empty.</summary>
    public ReadOnlySpan<byte> Read(ReadOnlySpan<byte> json)
    {
        var type = RawText.Of(JsonMembers.Find(json, "type"u8));
        if (type.SequenceEqual("error"u8) || type.SequenceEqual("response.failed"u8))
        {
            return json;
        }

        if (type.IsEmpty)
        {
            return ReadWhole(json);
        }

        builder.Start();
        if (type.SequenceEqual("response.completed"u8) || type.SequenceEqual("response.incomplete"u8))
        {
            return ReadEnd(JsonMembers.Find(json, "response"u8));
        }

        ReadPiece(type, json);
        return default;
    }

    private void ReadPiece(ReadOnlySpan<byte> type, ReadOnlySpan<byte> json)
    {
        var delta = RawText.Of(JsonMembers.Find(json, "delta"u8));
        if (type.SequenceEqual("response.output_text.delta"u8))
        {
            _hasText = true;
            builder.AddText(delta);
        }
        else if (type.SequenceEqual("response.reasoning_summary_text.delta"u8) || type.SequenceEqual("response.reasoning_text.delta"u8))
        {
            _hasReasoning = true;
            builder.AddReasoning(delta);
        }
        else if (type.SequenceEqual("response.reasoning_summary_part.added"u8))
        {
            if (_summaryParts++ > 0)
            {
                builder.AddReasoning("\\n\\n"u8);
            }
        }
        else if (type.SequenceEqual("response.refusal.delta"u8))
        {
            builder.AddRefusal(delta);
        }
        else if (type.SequenceEqual("response.function_call_arguments.delta"u8))
        {
            builder.AddCall(IndexOf(json), 0, default, default, delta);
        }
        else if (type.SequenceEqual("response.output_item.added"u8))
        {
            AddItem(json);
        }
        else if (type.SequenceEqual("response.output_item.done"u8))
        {
            EndItem(JsonMembers.Find(json, "item"u8), IndexOf(json));
        }
    }

    private void AddItem(ReadOnlySpan<byte> json)
    {
        var item = JsonMembers.Find(json, "item"u8);
        var type = RawText.Of(JsonMembers.Find(item, "type"u8));
        if (type.SequenceEqual("function_call"u8))
        {
            builder.AddCall(IndexOf(json), 0, CallId(item), RawText.Of(JsonMembers.Find(item, "name"u8)), default);
        }
        else if (type.SequenceEqual("reasoning"u8))
        {
            _summaryParts = 0;
            _hasReasoning = false;
        }
        else
        {
            _hasText = false;
        }
    }

    // The last of the three ciphertexts of a reasoning item is the one that counts.
    private void EndItem(ReadOnlySpan<byte> item, int index)
    {
        var type = RawText.Of(JsonMembers.Find(item, "type"u8));
        if (type.SequenceEqual("reasoning"u8))
        {
            EndReasoning(item);
        }
        else if (type.SequenceEqual("function_call"u8))
        {
            // What has come whole already takes nothing more.
            builder.AddCall(index, 0, CallId(item), RawText.Of(JsonMembers.Find(item, "name"u8)), RawText.Of(JsonMembers.Find(item, "arguments"u8)));
        }
        else if (type.SequenceEqual("message"u8) && !_hasText)
        {
            ReadParts(JsonMembers.Find(item, "content"u8));
        }
    }

    private void EndReasoning(ReadOnlySpan<byte> item)
    {
        if (!_hasReasoning)
        {
            var parts = new JsonMembers(JsonMembers.Find(item, "summary"u8));
            for (var isFirst = true; parts.Next(); isFirst = false)
            {
                builder.AddReasoning(isFirst ? default : "\\n\\n"u8);
                builder.AddReasoning(RawText.Of(JsonMembers.Find(parts.Value, "text"u8)));
            }
        }

        var encrypted = JsonMembers.Find(item, "encrypted_content"u8);
        if (!encrypted.IsEmpty)
        {
            _members.ResetWrittenCount();
            _members.Write("\"id\":"u8);
            _members.Write(JsonMembers.Find(item, "id"u8) is { IsEmpty: false } id ? id : "null"u8);
            _members.Write(",\"encrypted_content\":"u8);
            _members.Write(encrypted);
            builder.AddSignature(_members.WrittenSpan);
        }
    }

    private void ReadParts(ReadOnlySpan<byte> content)
    {
        var parts = new JsonMembers(content);
        while (parts.Next())
        {
            builder.AddText(RawText.Of(JsonMembers.Find(parts.Value, "text"u8)));
            builder.AddRefusal(RawText.Of(JsonMembers.Find(parts.Value, "refusal"u8)));
        }
    }

    private ReadOnlySpan<byte> ReadWhole(ReadOnlySpan<byte> json)
    {
        if (!JsonMembers.Find(json, "error"u8).IsEmpty)
        {
            return json;
        }

        builder.Start();
        var items = new JsonMembers(JsonMembers.Find(json, "output"u8));
        for (var index = 0; items.Next(); index++)
        {
            _hasText = _hasReasoning = false;
            EndItem(items.Value, index);
        }

        return ReadEnd(json);
    }

    private ReadOnlySpan<byte> ReadEnd(ReadOnlySpan<byte> response)
    {
        if (RawText.Of(JsonMembers.Find(response, "status"u8)).SequenceEqual("failed"u8))
        {
            return response;
        }

        IsOver = true;
        var reason = RawText.Of(JsonMembers.Find(JsonMembers.Find(response, "incomplete_details"u8), "reason"u8));
        builder.Stop.Note(reason.IsEmpty ? "stop"u8 : reason);
        builder.AddUsage(JsonMembers.Find(response, "usage"u8));
        return default;
    }

    private static ReadOnlySpan<byte> CallId(ReadOnlySpan<byte> item) =>
        RawText.Of(JsonMembers.Find(item, "call_id"u8)) is { IsEmpty: false } id ? id : RawText.Of(JsonMembers.Find(item, "id"u8));

    private static int IndexOf(ReadOnlySpan<byte> json) =>
        Utf8Parser.TryParse(JsonMembers.Find(json, "output_index"u8), out int index, out _) ? index : 0;
}
