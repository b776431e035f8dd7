using System.Buffers;
using Gateway.Core.Translation.Requests;

namespace Gateway.Core.Translation.Clients;

/// <summary>Writes the chunks of a streamed answer. All text comes escaped and is copied as it is. Reusable.</summary>
internal sealed class ChatChunkWriter
{
    private readonly ArrayBufferWriter<byte> _head = new(256);
    private readonly JsonOutput _json = new();
    private ChatAnswerContext _context = new();
    private IBufferWriter<byte> _client = new ArrayBufferWriter<byte>();

    /// <summary>Prepares for an answer.</summary>
    public void Begin(ChatAnswerContext context)
    {
        _context = context;
        _head.ResetWrittenCount();
    }

    /// <summary>Where the chunks go, until told otherwise.</summary>
    public void WriteTo(IBufferWriter<byte> client) => _client = client;

    /// <summary>The first chunk: who speaks.</summary>
    public void Start(ReadOnlySpan<byte> id, ReadOnlySpan<byte> model)
    {
        _head.Write("data: {"u8);
        _json.Begin(_head);
        ChatAnswerHead.Write("chat.completion.chunk"u8, id, model, _context, _json);
        BeginDelta();
        _client.Write("\"role\":\"assistant\",\"content\":\"\""u8);
        EndDelta(default);
    }

    /// <summary>A piece of text, or of what else has a member of its own in the message.</summary>
    public void Text(ReadOnlySpan<byte> member, ReadOnlySpan<byte> text)
    {
        BeginDelta();
        _client.Write("\""u8);
        _client.Write(member);
        _client.Write("\":\""u8);
        _client.Write(text);
        _client.Write("\""u8);
        EndDelta(default);
    }

    /// <summary>The beginning of a call.</summary>
    public void OpenCall(int index, ReadOnlySpan<byte> id, ReadOnlySpan<byte> name)
    {
        BeginCall(index);
        if (!_context.UsesFunctions)
        {
            _client.Write("\"id\":\""u8);
            _client.Write(id);
            _client.Write("\",\"type\":\"function\",\"function\":{"u8);
        }

        _client.Write("\"name\":\""u8);
        _client.Write(name);
        _client.Write("\",\"arguments\":\"\""u8);
        EndCall();
    }

    /// <summary>A piece of a call's arguments.</summary>
    public void Arguments(int index, ReadOnlySpan<byte> piece)
    {
        BeginCall(index);
        _client.Write(_context.UsesFunctions ? default : "\"function\":{"u8);
        _client.Write("\"arguments\":\""u8);
        _client.Write(piece);
        _client.Write("\""u8);
        EndCall();
    }

    /// <summary>Why the answer ended.</summary>
    public void Finish(ReadOnlySpan<byte> reason)
    {
        BeginDelta();
        EndDelta(reason);
    }

    /// <summary>The tokens, if the client wants them, and the end of the stream.</summary>
    public void Done(ChatUsage usage)
    {
        if (_context.IncludesUsage)
        {
            _client.Write(_head.WrittenSpan);
            _client.Write(",\"choices\":[],\"usage\":"u8);
            _json.Begin(_client);
            usage.Write(_json);
            _client.Write("}\n\n"u8);
        }

        _client.Write("data: [DONE]\n\n"u8);
    }

    /// <summary>A sign of life.</summary>
    public void Ping() => _client.Write(": ping\n\n"u8);

    private void BeginDelta()
    {
        _client.Write(_head.WrittenSpan);
        _client.Write(",\"choices\":[{\"index\":0,\"delta\":{"u8);
    }

    // Whoever asked for the tokens gets the member in every chunk, empty until the last.
    private void EndDelta(ReadOnlySpan<byte> finish)
    {
        _client.Write("},\"logprobs\":null,\"finish_reason\":"u8);
        if (finish.IsEmpty)
        {
            _client.Write("null"u8);
        }
        else
        {
            _client.Write("\""u8);
            _client.Write(finish);
            _client.Write("\""u8);
        }

        _client.Write(_context.IncludesUsage ? "}],\"usage\":null}\n\n"u8 : "}]}\n\n"u8);
    }

    private void BeginCall(int index)
    {
        BeginDelta();
        if (_context.UsesFunctions)
        {
            _client.Write("\"function_call\":{"u8);
            return;
        }

        _client.Write("\"tool_calls\":[{\"index\":"u8);
        _json.Begin(_client);
        _json.Number(index);
        _client.Write(","u8);
    }

    private void EndCall()
    {
        _client.Write(_context.UsesFunctions ? "}"u8 : "}}]"u8);
        EndDelta(default);
    }
}
