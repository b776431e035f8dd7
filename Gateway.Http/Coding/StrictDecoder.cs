using System.IO.Compression;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Gateway.Http.Coding;

/// <summary>A decoder that takes nothing for whole that is not: whatever is wrong with the coded bytes is one exception.</summary>
/// <exception cref="InvalidDataException">They are not valid, cut off, or followed by something else.</exception>
internal sealed class StrictDecoder : ReadOnlyStream
{
    // RFC 9659 section 3: no more than 8 MB in HTTP. A frame may ask for gigabytes.
    private const int MaxZstdWindowLog = 23;

    private readonly CodedSource _source;
    private readonly Stream _decoder;
    private bool _isAtEnd;

    /// <summary>A decoder of one body.</summary>
    public StrictDecoder(Stream coded, ContentCoding coding)
    {
        _source = new CodedSource(coded, coding);
        _decoder = coding switch
        {
            ContentCoding.Gzip => new GZipStream(_source, CompressionMode.Decompress),
            ContentCoding.Deflate => new ZLibStream(_source, CompressionMode.Decompress),
            ContentCoding.Brotli => new BrotliStream(_source, CompressionMode.Decompress),
            ContentCoding.Zstd => OpenZstd(_source),
            _ => throw new ArgumentOutOfRangeException(nameof(coding)),
        };
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            var count = _isAtEnd ? 0 : _decoder.Read(buffer);
            if (count == 0 && !buffer.IsEmpty && !_isAtEnd)
            {
                End(_source.IsFinished && _source.HasNothingLeft());
            }

            return count;
        }
        catch (Exception exception) when (IsAboutTheBytes(exception))
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var count = _isAtEnd ? 0 : await _decoder.ReadAsync(buffer, cancellationToken);
            if (count == 0 && !buffer.IsEmpty && !_isAtEnd)
            {
                End(_source.IsFinished && await _source.HasNothingLeftAsync(cancellationToken));
            }

            return count;
        }
        catch (Exception exception) when (IsAboutTheBytes(exception))
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder.Dispose();
        }

        base.Dispose(disposing);
    }

    private static DecompressionStream OpenZstd(CodedSource source)
    {
        var stream = new DecompressionStream(source, leaveOpen: false);
        stream.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxZstdWindowLog);
        return stream;
    }

    private void End(bool isWhole)
    {
        _isAtEnd = true;
        if (!isWhole)
        {
            throw new InvalidDataException("The coded bytes are cut off, or something follows them.");
        }
    }

    // Brotli's decoder says InvalidOperationException, zstd's has two of its own ways.
    private static bool IsAboutTheBytes(Exception exception) =>
        exception is ZstdException or EndOfStreamException or (InvalidOperationException and not ObjectDisposedException);
}
