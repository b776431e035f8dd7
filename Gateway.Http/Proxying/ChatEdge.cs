using System.Buffers;
using System.Text.Json;
using Gateway.Core.Translation.Clients;
using Gateway.Core.Translation.Requests;
using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>The edge to a client that speaks OpenAI's Chat Completions. Behind it everything is Anthropic's. One per exchange.</summary>
internal sealed class ChatEdge(string modelId) : IResponseEdge
{
    private ChatRequestReader _reader = new();
    private readonly ArrayBufferWriter<byte> _head = new(512);
    private readonly ArrayBufferWriter<byte> _in = new(1024);
    private readonly ArrayBufferWriter<byte> _out = new(1024);
    private ChatStreamWriter? _stream;
    private ChatAnswerContext _context = new();
    private int _status;

    /// <summary>Models are asked for.</summary>
    public bool IsModels { get; init; }

    /// <summary>What of the client's request no message can say, names separated by commas.</summary>
    public ReadOnlySpan<byte> Dropped => _reader.Dropped;

    /// <summary>Reads the client's request; Anthropic's is in <paramref name="request"/> if the verdict is 200.</summary>
    /// <param name="body">The request.</param>
    /// <param name="mostTokens">Most output tokens of the model it names; 0 if unknown. One that sets no limit gets no more.</param>
    /// <param name="now">The time of the answer.</param>
    /// <param name="request">Takes Anthropic's request.</param>
    public TranslationVerdict Read(in ReadOnlySequence<byte> body, int mostTokens, DateTimeOffset now, IBufferWriter<byte> request)
    {
        if (mostTokens is > 0 and < (int)ChatRequestReader.UsualMaxTokens)
        {
            _reader = new ChatRequestReader(mostTokens);
        }

        var verdict = _reader.Read(body, request);
        _context = new ChatAnswerContext
        {
            ClientModel = _reader.Model,
            CreatedAt = now.ToUnixTimeSeconds(),
            IncludesUsage = _reader.IncludesUsage,
            UsesFunctions = _reader.UsesFunctions,
        };
        return verdict;
    }

    public IBufferWriter<byte> BeginHead(int status)
    {
        _status = status;
        _head.ResetWrittenCount();
        _in.ResetWrittenCount();
        return _head;
    }

    // Only a stream can begin before its end is known.
    public void EndHead(ResponseWriter response)
    {
        if (_status != 200 || !IsEventStream())
        {
            return;
        }

        _stream = new ChatStreamWriter();
        _stream.Begin(_context);
        WriteHead(response, 200, "text/event-stream; charset=utf-8"u8, -1);
    }

    public void Write(ResponseWriter response, ReadOnlySpan<byte> payload)
    {
        if (_stream is null)
        {
            _in.Write(payload);
            return;
        }

        _out.ResetWrittenCount();
        _stream.Feed(payload, _out);
        Pass(response);
    }

    public void End(ResponseWriter response)
    {
        _out.ResetWrittenCount();
        if (_stream is not null)
        {
            _stream.EndOfBody(isClean: true, _out);
            Pass(response);
        }
        else
        {
            var status = TranslateWhole();
            WriteHead(response, status, "application/json"u8, _out.WrittenCount);
            Pass(response);
        }

        response.Edge = null;
        response.End();
    }

    private int TranslateWhole()
    {
        var isTranslated = _status == 200 && (IsModels ? TranslateModels() : new ChatMessageWriter().Write(new ReadOnlySequence<byte>(_in.WrittenMemory), _context, _out));
        if (isTranslated)
        {
            return 200;
        }

        _out.ResetWrittenCount();
        return ChatErrorWriter.Write(_status == 200 ? 502 : _status, _in.WrittenSpan, _out);
    }

    private bool TranslateModels()
    {
        if (modelId.Length == 0)
        {
            return ChatModelList.Write(_in.WrittenSpan, _out);
        }

        using var list = JsonDocument.Parse(_in.WrittenMemory);
        foreach (var model in list.RootElement.GetProperty("data"u8).EnumerateArray())
        {
            if (model.GetProperty("id"u8).GetString() == modelId)
            {
                return ChatModelList.WriteOne(System.Text.Encoding.UTF8.GetBytes(model.GetRawText()), _out);
            }
        }

        _status = 404;
        return false;
    }

    private void Pass(ResponseWriter response)
    {
        response.Edge = null;
        response.Write(_out.WrittenSpan);
        response.Edge = this;
    }

    private void WriteHead(ResponseWriter response, int status, ReadOnlySpan<byte> contentType, long length)
    {
        response.Edge = null;
        var head = response.BeginHead(status, default);
        head.Field("content-type"u8, contentType);
        var lines = Lines;
        while (TryNext(ref lines, out var name, out var value))
        {
            if (Passes(name))
            {
                head.Field(name, value);
            }
        }

        if (!_reader.Dropped.IsEmpty)
        {
            head.Field("x-gateway-dropped"u8, _reader.Dropped);
        }

        response.EndHead(ref head, length);
        response.Edge = this;
    }

    // Behind the status line.
    private ReadOnlySpan<byte> Lines => _head.WrittenSpan[(_head.WrittenSpan.IndexOf("\r\n"u8) + 2)..];

    private bool IsEventStream()
    {
        var lines = Lines;
        while (TryNext(ref lines, out var name, out var value))
        {
            if (System.Text.Ascii.EqualsIgnoreCase(name, "content-type"u8))
            {
                return MediaTypes.IsEventStream(value);
            }
        }

        return false;
    }

    // What is about the body is ours; of the rest what steers a client, and what helps to find a fault.
    private static bool Passes(ReadOnlySpan<byte> name) =>
        System.Text.Ascii.EqualsIgnoreCase(name, "request-id"u8)
        || System.Text.Ascii.EqualsIgnoreCase(name, "retry-after"u8)
        || System.Text.Ascii.EqualsIgnoreCase(name, "x-should-retry"u8)
        || System.Text.Ascii.EqualsIgnoreCase(name, "server-timing"u8)
        || System.Text.Ascii.EqualsIgnoreCase(name, "www-authenticate"u8)
        || (name.Length > 10 && System.Text.Ascii.EqualsIgnoreCase(name[..10], "x-gateway-"u8));

    private static bool TryNext(ref ReadOnlySpan<byte> lines, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var end = lines.IndexOf("\r\n"u8);
        var colon = lines.IndexOf((byte)':');
        if (end <= 0 || colon < 0 || colon > end)
        {
            name = value = default;
            return false;
        }

        name = lines[..colon];
        value = lines[(colon + 1)..end].Trim((byte)' ');
        lines = lines[(end + 2)..];
        return true;
    }
}
