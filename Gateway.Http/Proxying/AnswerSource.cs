using System.Runtime.CompilerServices;
using Gateway.Core.Relay;
using Gateway.Core.Translation.Answers;
using Gateway.Http.Body;
using Gateway.Http.Coding;
using Gateway.Http.Server;
using Gateway.Http.Sockets;

namespace Gateway.Http.Proxying;

/// <summary>An answer's bytes: as they come, or decoded if they came compressed although nobody asked for that.</summary>
internal sealed class AnswerSource
{
    private const int BufferBytes = 16 * 1024;

    private BodyReader _body = null!;
    private Stream? _decoded;
    private byte[] _buffer = [];
    private int _count;

    /// <summary>What is read was compressed.</summary>
    public bool IsDecoding => _decoded is not null;

    /// <summary>Begins with a body of which nothing was read yet.</summary>
    public void Begin(BodyReader body, ContentCoding coding)
    {
        End();
        _body = body;
        if (coding is not (ContentCoding.Identity or ContentCoding.Unsupported))
        {
            _buffer = new byte[BufferBytes];
            _decoded = DecodingStream.Open(new BodyStream(body), coding);
        }
    }

    /// <summary>Begins with the body of an answer whose head is kept: what is kept of it is decoded.</summary>
    public void Begin(BodyReader body, SavedAnswer saved)
    {
        Begin(body, saved.Coding);
        if (IsDecoding)
        {
            saved.NoteDecoded();
        }
    }

    /// <summary>Waits for the next bytes, or the end.</summary>
    public ValueTask<BodyStatus> ReadAsync() => _decoded is null ? _body.ReadAsync() : DecodeAsync(_decoded);

    /// <summary>Shows the translator what was read last.</summary>
    public void Feed(AnswerTranslator answer, BlockBuffer output)
    {
        if (IsDecoding)
        {
            answer.Feed(_buffer.AsSpan(0, _count), output);
            return;
        }

        foreach (var slice in _body.Slices.Items)
        {
            answer.Feed(slice.Span, output);
        }
    }

    /// <summary>Shows the tap what was read last.</summary>
    public void Observe(AnswerTap tap)
    {
        if (IsDecoding)
        {
            tap.Observe(_buffer.AsSpan(0, _count));
            return;
        }

        foreach (var slice in _body.Slices.Items)
        {
            tap.Observe(slice.Span);
        }
    }

    /// <summary>Keeps a copy of what was read last.</summary>
    public void Save(SavedAnswer saved)
    {
        if (IsDecoding)
        {
            saved.Add(_buffer.AsSpan(0, _count));
        }
        else
        {
            saved.Add(_body.Slices);
        }
    }

    /// <summary>Passes on what was read last; it must stay until the flush has ended.</summary>
    public void Pass(ResponseWriter response)
    {
        if (IsDecoding)
        {
            response.Write(_buffer.AsSpan(0, _count));
        }
        else
        {
            response.Append(_body.Slices);
        }
    }

    /// <summary>Gives the decoder up.</summary>
    public void End()
    {
        _decoded?.Dispose();
        _decoded = null;
        _buffer = [];
        _count = 0;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<BodyStatus> DecodeAsync(Stream decoded)
    {
        _count = 0;
        try
        {
            _count = await decoded.ReadAsync(_buffer);
            return _count > 0 ? BodyStatus.More : _body.IsComplete ? BodyStatus.Complete : BodyStatus.Truncated;
        }
        catch (InvalidDataException)
        {
            return BodyStatus.Malformed;
        }
        catch (IOException)
        {
            return BodyStatus.Truncated;
        }
    }
}
