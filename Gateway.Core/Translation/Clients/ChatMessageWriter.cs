using System.Buffers;
using Gateway.Core.Translation.Requests;

namespace Gateway.Core.Translation.Clients;

/// <summary>A whole message of Anthropic's as OpenAI's completion. Reusable; one thread at a time.</summary>
public sealed class ChatMessageWriter
{
    private readonly JsonTape _tape = new();
    private readonly JsonOutput _output = new();

    /// <summary>Writes the completion.</summary>
    /// <param name="anthropic">The whole message.</param>
    /// <param name="context">What the answer depends on.</param>
    /// <param name="client">Takes the JSON; untouched if the bytes are no message.</param>
    /// <returns>False if they are none.</returns>
    public bool Write(in ReadOnlySequence<byte> anthropic, ChatAnswerContext context, IBufferWriter<byte> client)
    {
        try
        {
            if (!_tape.TryRead(anthropic) || _tape.Kind(Content) != TapeKind.Array)
            {
                return false;
            }

            _output.Begin(client);
            Write(context);
            return true;
        }
        finally
        {
            _tape.Release();
        }
    }

    private int Content => Member("content"u8);

    private void Write(ChatAnswerContext context)
    {
        var usage = default(ChatUsage);
        usage.Take(_tape.Raw(Member("usage"u8)));
        _output.BeginObject();
        ChatAnswerHead.Write(
            "chat.completion"u8, _tape.Escaped(Member("id"u8)), _tape.Escaped(Member("model"u8)), context, _output);
        _output.Name("choices"u8);
        _output.BeginArray();
        WriteChoice(context.UsesFunctions);
        _output.EndArray();
        _output.Name("usage"u8);
        usage.Write(_output);
        _output.EndObject();
    }

    private void WriteChoice(bool usesFunctions)
    {
        var hasCalls = FirstOf("tool_use"u8) != JsonTape.None;
        _output.BeginObject();
        _output.Name("index"u8);
        _output.Number(0);
        _output.Name("message"u8);
        _output.BeginObject();
        _output.Name("role"u8);
        _output.Text("assistant"u8);
        WriteContent(hasCalls);
        WriteRefusal();
        if (hasCalls && usesFunctions)
        {
            _output.Name("function_call"u8);
            WriteFunction(FirstOf("tool_use"u8));
        }
        else if (hasCalls)
        {
            WriteCalls();
        }

        _output.EndObject();
        _output.Name("logprobs"u8);
        _output.Raw("null"u8);
        _output.Name("finish_reason"u8);
        _output.Text(ChatFinish.Name(_tape.Text(Member("stop_reason"u8)), hasCalls, usesFunctions));
        _output.EndObject();
    }

    private void WriteContent(bool hasCalls)
    {
        _output.Name("content"u8);
        if (hasCalls && FirstOf("text"u8) == JsonTape.None)
        {
            _output.Raw("null"u8);
        }
        else
        {
            WriteTexts("text"u8);
        }

        if (FirstOf("thinking"u8) != JsonTape.None)
        {
            _output.Name("reasoning_content"u8);
            WriteTexts("thinking"u8);
        }
    }

    // The text of all blocks of a type, which is also the name of the member that holds it.
    private void WriteTexts(ReadOnlySpan<byte> type)
    {
        _output.BeginText();
        for (var block = JsonTape.First(Content); block < _tape.End(Content); block = _tape.Next(block))
        {
            if (Is(block, type))
            {
                _output.Piece(_tape.Escaped(_tape.Find(block, type)));
            }
        }

        _output.EndText();
    }

    private void WriteRefusal()
    {
        var explanation = _tape.Find(Member("stop_details"u8), "explanation"u8);
        _output.Name("refusal"u8);
        _output.Raw(_tape.HasText(explanation) ? _tape.RawValue(explanation) : "null"u8);
    }

    private void WriteCalls()
    {
        _output.Name("tool_calls"u8);
        _output.BeginArray();
        for (var block = JsonTape.First(Content); block < _tape.End(Content); block = _tape.Next(block))
        {
            if (Is(block, "tool_use"u8))
            {
                _output.BeginObject();
                _output.Name("id"u8);
                _output.Text(_tape.Escaped(_tape.Find(block, "id"u8)));
                _output.Name("type"u8);
                _output.Text("function"u8);
                _output.Name("function"u8);
                WriteFunction(block);
                _output.EndObject();
            }
        }

        _output.EndArray();
    }

    private void WriteFunction(int block)
    {
        var input = _tape.Find(block, "input"u8);
        _output.BeginObject();
        _output.Name("name"u8);
        _output.Text(_tape.Escaped(_tape.Find(block, "name"u8)));
        _output.Name("arguments"u8);
        _output.BeginText();
        _output.Escape(_tape.Kind(input) == TapeKind.Object ? _tape.Raw(input) : "{}"u8);
        _output.EndText();
        _output.EndObject();
    }

    private int FirstOf(ReadOnlySpan<byte> type)
    {
        for (var block = JsonTape.First(Content); block < _tape.End(Content); block = _tape.Next(block))
        {
            if (Is(block, type))
            {
                return block;
            }
        }

        return JsonTape.None;
    }

    private bool Is(int block, ReadOnlySpan<byte> type) => _tape.Is(_tape.Find(block, "type"u8), type);

    private int Member(ReadOnlySpan<byte> name) => _tape.Find(JsonTape.Root, name);
}
