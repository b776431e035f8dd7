namespace Gateway.Http.Coding;

/// <summary>What a decoder reads from; it notices whether the decoder had what it needed when the coded bytes ended.</summary>
/// <remarks>
/// The decoders of System.IO.Compression take a cut-off stream for a whole one, and don't look at what follows it. But one
/// that is finished does not ask for more, with one exception: gzip is a series of members (RFC 1952 section 2.2), so its
/// decoder asks once whether another one follows. It is answered with a byte no member begins with, and no body of less
/// than 4 GB ends with; a decoder that was not finished swallows it and asks again.
/// </remarks>
internal sealed class CodedSource(Stream coded, ContentCoding coding) : ReadOnlyStream
{
    private const byte NoMember = 0xFF;

    private readonly bool _isGzip = coding == ContentCoding.Gzip;
    private bool _hasBegun;
    private int _asked;

    /// <summary>The decoder stopped exactly where the coded bytes ended, as far as it has read.</summary>
    public bool IsFinished => !_hasBegun || coding == ContentCoding.Zstd || _asked == (_isGzip ? 1 : 0);

    public override int Read(Span<byte> buffer)
    {
        var count = coded.Read(buffer);
        return count > 0 || buffer.IsEmpty ? Took(count) : AtEnd(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await coded.ReadAsync(buffer, cancellationToken);
        return count > 0 || buffer.IsEmpty ? Took(count) : AtEnd(buffer.Span);
    }

    /// <summary>True if nothing follows; a decoder that knows its end does not read up to the end of the body.</summary>
    public bool HasNothingLeft() => _asked > 0 || coded.Read(stackalloc byte[1]) == 0;

    /// <summary>The same, where bytes may still be under way.</summary>
    public async ValueTask<bool> HasNothingLeftAsync(CancellationToken cancellationToken) =>
        _asked > 0 || await coded.ReadAsync(new byte[1], cancellationToken) == 0;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            coded.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Took(int count)
    {
        _hasBegun |= count > 0;
        return count;
    }

    private int AtEnd(Span<byte> buffer)
    {
        _asked++;
        if (!_isGzip || !_hasBegun || _asked > 1)
        {
            return 0;
        }

        buffer[0] = NoMember;
        return 1;
    }
}
