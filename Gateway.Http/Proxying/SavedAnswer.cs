using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Gateway.Http.Body;
using Gateway.Http.Coding;
using Gateway.Http.Server;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>An answer that is kept back until it is known whether the client gets it. Pooled with its exchange.</summary>
internal sealed class SavedAnswer(BlockBuffer body)
{
    // Enough for a whole answer, and no bomb.
    private const long MostDecodedBytes = 64L * 1024 * 1024;
    private const int MostExpansion = 100;

    private readonly ArrayBufferWriter<byte> _text = new(1024);
    private readonly List<(int Name, int Value, KnownHeader Known)> _fields = new(24);
    private int _reason;
    private bool _isDecoded;

    /// <summary>Its status; 0 without an answer.</summary>
    public int Status { get; private set; }

    /// <summary>The coding of its body.</summary>
    public ContentCoding Coding { get; private set; }

    /// <summary>Its body as far as it came.</summary>
    public ReadOnlySequence<byte> Body => body.Content;

    /// <summary>Bytes of the body.</summary>
    public long Length => body.Length;

    /// <summary>Keeps the head; a body kept before is gone.</summary>
    public void Begin(ResponseHead head)
    {
        Clear();
        Status = head.Status;
        Coding = AnswerGate.CodingOf(head);
        _reason = head.Reason.Length;
        _text.Write(head.Reason);
        var fields = head.Headers;
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields.IsForwardable(i))
            {
                _fields.Add((fields.Name(i).Length, fields.Value(i).Length, fields.Known(i)));
                _text.Write(fields.Name(i));
                _text.Write(fields.Value(i));
            }
        }
    }

    /// <summary>Keeps a copy of body bytes.</summary>
    public void Add(BodySlices slices)
    {
        foreach (var slice in slices.Items)
        {
            body.Write(slice.Span);
        }
    }

    /// <inheritdoc cref="Add(BodySlices)"/>
    public void Add(ReadOnlySpan<byte> bytes) => body.Write(bytes);

    /// <summary>Undoes the coding of a whole body: nobody asked for one, but it comes, and some forget to say so.</summary>
    /// <param name="scratch">Is empty before and after.</param>
    /// <returns>False if the body is not what its coding says; it stays as it is then.</returns>
    public bool Decode(BlockBuffer scratch)
    {
        var coding = Coding == ContentCoding.Identity ? Sniff() : Coding;
        if (coding is ContentCoding.Identity or ContentCoding.Unsupported)
        {
            return true;
        }

        var isDone = BodyDecoder.Decode(body.Content, coding, scratch, MostDecodedBytes, MostExpansion) == DecodeStatus.Done;
        if (isDone)
        {
            body.Clear();
            foreach (var segment in scratch.Content)
            {
                body.Write(segment.Span);
            }

            NoteDecoded();
        }

        scratch.Clear();
        return isDone;
    }

    /// <summary>What is kept is not coded any more.</summary>
    public void NoteDecoded() => (Coding, _isDecoded) = (ContentCoding.Identity, true);

    /// <summary>Forgets everything and gives the memory back.</summary>
    public void Clear()
    {
        Status = 0;
        _isDecoded = false;
        _text.ResetWrittenCount();
        _fields.Clear();
        body.Clear();
    }

    /// <summary>Writes the head.</summary>
    /// <param name="exchange">Whose client gets it.</param>
    /// <param name="context">Its context.</param>
    /// <param name="length">Length of the body; -1 if it is not known.</param>
    public void WriteHead(Exchange exchange, ProxyContext context, long length)
    {
        var text = _text.WrittenSpan;
        var head = exchange.Response.BeginHead(Status, text[.._reason]);
        var at = _reason;
        var hasDate = false;
        var hasId = false;
        var saysRetry = false;
        foreach (var (name, value, known) in _fields)
        {
            var field = text.Slice(at, name);
            if (Status >= 400 && Ascii.EqualsIgnoreCase(field, "retry-after"u8))
            {
                WritePause(ref head, context.RetryAfterMs);
            }
            else if (!_isDecoded || known != KnownHeader.ContentEncoding)
            {
                head.Field(field, text.Slice(at + name, value));
            }

            at += name + value;
            hasDate |= known == KnownHeader.Date;
            hasId |= known == KnownHeader.RequestId;
            saysRetry |= Ascii.EqualsIgnoreCase(field, "x-should-retry"u8);
        }

        if (Status == 401 && !saysRetry && context.Provider is { ForwardsClientCredential: false })
        {
            // It is about a key of the gateway's, which no trying mends; Claude Code would try ten times.
            head.Field("x-should-retry"u8, "false"u8);
        }

        if (!hasId)
        {
            // An error can be asked about only by a name.
            head.Field("request-id"u8, context.RequestId);
        }

        AnswerHead.WriteRouting(ref head, exchange, context);
        exchange.Response.EndHead(ref head, length, hasDate);
    }

    // Claude Code reads whole seconds: no date, no fraction, and nothing at all where it can't be told.
    private static void WritePause(ref HeadWriter head, long milliseconds)
    {
        if (milliseconds < 0)
        {
            return;
        }

        Span<byte> seconds = stackalloc byte[20];
        _ = Utf8Formatter.TryFormat((milliseconds + 999) / 1000, seconds, out var written);
        head.Field("retry-after"u8, seconds[..written]);
    }

    /// <summary>Adds the body to the response.</summary>
    public void WriteBody(ResponseWriter response)
    {
        foreach (var segment in body.Content)
        {
            response.Write(segment.Span);
        }
    }

    private ContentCoding Sniff()
    {
        Span<byte> start = stackalloc byte[4];
        var head = body.Content.Slice(0, Math.Min(start.Length, body.Length));
        head.CopyTo(start);
        return ContentCodings.Sniff(start[..(int)head.Length]);
    }
}
