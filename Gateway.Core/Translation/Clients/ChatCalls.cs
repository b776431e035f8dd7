using System.Buffers;
using System.Buffers.Text;
using Gateway.Core.Translation.Requests;

namespace Gateway.Core.Translation.Clients;

/// <summary>Writes calls of tools and their results as Anthropic's blocks. The older form, one function a message and no
/// ids, gets ids by counting.</summary>
internal sealed class ChatCalls(ChatRequestContext context, ChatParts parts)
{
    private readonly JsonTape _tape = context.Tape;
    private readonly JsonOutput _output = context.Output;
    private int _functions;

    /// <summary>Starts another conversation.</summary>
    public void Begin() => _functions = 0;

    /// <summary>Whether a message of the assistant's calls anything.</summary>
    public bool HasCalls(int message) =>
        JsonTape.First(Calls(message)) < _tape.End(Calls(message)) || _tape.Kind(Function(message)) == TapeKind.Object;

    /// <summary>Whether a message is the result of a call.</summary>
    public bool IsResult(int message)
    {
        var role = _tape.Find(message, "role"u8);
        return _tape.Is(role, "tool"u8) || _tape.Is(role, "function"u8);
    }

    /// <summary>Writes the calls of a message of the assistant's.</summary>
    public void WriteCalls(int message)
    {
        var calls = Calls(message);
        var position = 0;
        for (var call = JsonTape.First(calls); call < _tape.End(calls); call = _tape.Next(call))
        {
            WriteCall(call, position++);
        }

        if (_tape.Kind(Function(message)) == TapeKind.Object)
        {
            _functions++;
            WriteUse(JsonTape.None, Function(message), ".function_call");
        }
    }

    /// <summary>Writes the result that a message is.</summary>
    public void WriteResult(int message)
    {
        var id = JsonTape.None;
        if (_tape.Is(_tape.Find(message, "role"u8), "tool"u8))
        {
            id = _tape.Find(message, "tool_call_id"u8);
            if (!_tape.HasText(id))
            {
                context.RefuseMessage(".tool_call_id: a string is required");
            }
        }

        _output.BeginObject();
        _output.Name("type"u8);
        _output.Text("tool_result"u8);
        _output.Name("tool_use_id"u8);
        WriteId(id);
        var content = _tape.Find(message, "content"u8);
        if (parts.HasBlocks(content))
        {
            _output.Name("content"u8);
            _output.BeginArray();
            parts.Write(content, PartUse.Any);
            _output.EndArray();
        }

        _output.EndObject();
    }

    private void WriteCall(int call, int position)
    {
        var function = _tape.Find(call, "function"u8);
        var id = _tape.Find(call, "id"u8);
        if (_tape.Kind(function) != TapeKind.Object)
        {
            context.RefuseMessage($".tool_calls[{position}].function: an object is required");
        }
        else if (!_tape.HasText(id))
        {
            context.RefuseMessage($".tool_calls[{position}].id: a string is required");
        }
        else
        {
            WriteUse(id, function, ".tool_calls[].function");
        }
    }

    private void WriteUse(int id, int function, string place)
    {
        var name = _tape.Find(function, "name"u8);
        if (!_tape.HasText(name))
        {
            context.RefuseMessage($"{place}.name: a string is required");
        }

        _output.BeginObject();
        _output.Name("type"u8);
        _output.Text("tool_use"u8);
        _output.Name("id"u8);
        WriteId(id);
        _output.Name("name"u8);
        _output.Text(_tape.Escaped(name));
        _output.Name("input"u8);
        WriteInput(_tape.Find(function, "arguments"u8));
        _output.EndObject();
    }

    private void WriteInput(int arguments)
    {
        if (_tape.Kind(arguments) == TapeKind.Object)
        {
            _output.Raw(_tape.Raw(arguments));
            return;
        }

        var high = '\0';
        context.Scratch.ResetWrittenCount();
        JsonText.Unescape(_tape.Escaped(arguments), context.Scratch, ref high);
        ToolInput.Write(context.Scratch.WrittenSpan, _output);
    }

    private void WriteId(int id)
    {
        context.Scratch.ResetWrittenCount();
        if (id == JsonTape.None)
        {
            context.Scratch.Write("call_"u8);
            Utf8Formatter.TryFormat(_functions, context.Scratch.GetSpan(11), out var written);
            context.Scratch.Advance(written);
        }
        else
        {
            ProviderIds.ToClient(_tape.Text(id), context.Scratch);
        }

        _output.Text(context.Scratch.WrittenSpan);
    }

    private int Calls(int message) => _tape.Find(message, "tool_calls"u8);

    private int Function(int message) => _tape.Find(message, "function_call"u8);
}
