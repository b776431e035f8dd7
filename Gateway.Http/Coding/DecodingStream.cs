using System.IO.Compression;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Gateway.Http.Coding;

/// <summary>Undoes a coding while bytes arrive: a read gives whatever has become readable, and holds nothing back.</summary>
public static class DecodingStream
{
    // RFC 8878 section 3.1.1.1.2 recommends decoders to support 8 MB; a sender may ask for gigabytes.
    private const int MaxZstdWindowLog = 23;

    /// <summary>A stream of the decoded bytes.</summary>
    /// <param name="coded">The coded ones; disposed along.</param>
    /// <param name="coding">Anything but <see cref="ContentCoding.Unsupported"/>.</param>
    public static Stream Open(Stream coded, ContentCoding coding) => coding switch
    {
        ContentCoding.Gzip => new GZipStream(coded, CompressionMode.Decompress),
        ContentCoding.Deflate => new ZLibStream(coded, CompressionMode.Decompress),
        ContentCoding.Brotli => new BrotliStream(coded, CompressionMode.Decompress),
        ContentCoding.Zstd => OpenZstd(coded),
        ContentCoding.Identity => coded,
        _ => throw new ArgumentOutOfRangeException(nameof(coding)),
    };

    private static DecompressionStream OpenZstd(Stream coded)
    {
        var stream = new DecompressionStream(coded, leaveOpen: false);
        stream.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxZstdWindowLog);
        return stream;
    }
}
