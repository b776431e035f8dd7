using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Tests.Support;

/// <summary>Reads HTTP/1.1 messages off a socket, strictly, and keeps every byte as it came.</summary>
internal sealed partial class WireReader(Socket socket)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly MemoryStream _raw = new();
    private int _start;
    private int _end;
    private int _bodyBytes;
    private int _awaitedBytes;
    private Action? _arrived;

    /// <summary>The connection ended with a reset, not with an end.</summary>
    public bool WasReset { get; private set; }

    /// <summary>Tells once when so many bytes of the next body have come.</summary>
    public void WhenBodyBytes(int count, Action arrived)
    {
        _bodyBytes = 0;
        _awaitedBytes = count;
        _arrived = arrived;
    }

    /// <summary>Everything consumed since the last call.</summary>
    public byte[] TakeRaw()
    {
        var raw = _raw.ToArray();
        _raw.SetLength(0);
        return raw;
    }

    /// <summary>A message's head, its empty line included; null at the end of the connection.</summary>
    public async Task<string?> ReadHeadAsync()
    {
        var (head, isWhole) = await ReadThroughAsync("\r\n\r\n");
        return isWhole ? head
            : head.Length == 0 ? null
            : throw new EndOfStreamException($"The connection ended inside a head: {head}");
    }

    /// <summary>A body as its head frames it; the flag tells whether it came whole.</summary>
    public async Task<(byte[] Body, bool IsWhole)> ReadBodyAsync(MessageHead head, bool untilClose)
    {
        var (length, coding) = (head["content-length"], head["transfer-encoding"]);
        if (coding is not null)
        {
            return coding == "chunked" && length is null
                ? await ReadChunksAsync()
                : throw new FormatException($"framed neither by one length nor by chunks: {head.Text}");
        }

        if (length is not null)
        {
            return await ReadExactlyAsync(int.Parse(length, NumberStyles.None));
        }

        return untilClose ? ((await ReadExactlyAsync(int.MaxValue)).Body, !WasReset) : ([], true);
    }

    /// <summary>All up to a text and with it; the flag tells whether it came before the end.</summary>
    public async Task<(string Text, bool IsWhole)> ReadThroughAsync(string end)
    {
        var text = new StringBuilder();
        while (text.Length < end.Length || text.ToString(text.Length - end.Length, end.Length) != end)
        {
            var next = await ReadByteAsync();
            if (next < 0)
            {
                return (text.ToString(), false);
            }

            text.Append((char)next);
        }

        return (text.ToString(), true);
    }

    /// <summary>All up to a text and with it, wherever chunks cut it; the flag tells whether it came before the end.</summary>
    public async Task<(string Text, bool IsWhole)> ReadThroughTextAsync(string end)
    {
        var seen = new StringBuilder();
        var joined = "";
        while (!joined.EndsWith(end, StringComparison.Ordinal) && (seen.Length < end.Length || seen.ToString(seen.Length - end.Length, end.Length) != end))
        {
            var next = await ReadByteAsync();
            if (next < 0)
            {
                return (seen.ToString(), false);
            }

            seen.Append((char)next);
            joined = BetweenChunks().Replace(joined + (char)next, "");
            joined = joined[^Math.Min(joined.Length, end.Length + 16)..];
        }

        return (seen.ToString(), true);
    }

    /// <summary>One byte, or -1 at the end.</summary>
    public async ValueTask<int> ReadByteAsync()
    {
        if (_start == _end && !await FillAsync())
        {
            return -1;
        }

        var next = _buffer[_start++];
        _raw.WriteByte(next);
        return next;
    }

    // The end of a chunk, and the size of the next.
    [GeneratedRegex("\\r\\n[0-9a-f]+\\r\\n$")]
    private static partial Regex BetweenChunks();

    private async Task<(byte[] Body, bool IsWhole)> ReadChunksAsync()
    {
        var body = new MemoryStream();
        while (await ReadLineAsync() is { } line)
        {
            var size = int.Parse(line, NumberStyles.AllowHexSpecifier);
            var (chunk, isWhole) = await ReadExactlyAsync(size);
            body.Write(chunk);
            if (!isWhole || await ReadLineAsync() is not { } end)
            {
                break;
            }

            Assert.That(end, Is.Empty, "bytes after a chunk");
            if (size == 0)
            {
                return (body.ToArray(), true);
            }
        }

        return (body.ToArray(), false);
    }

    private async Task<string?> ReadLineAsync()
    {
        var (line, isWhole) = await ReadThroughAsync("\r\n");
        return isWhole ? line[..^2] : null;
    }

    private async Task<(byte[] Body, bool IsWhole)> ReadExactlyAsync(int length)
    {
        var body = new MemoryStream();
        while (body.Length < length && (_start < _end || await FillAsync()))
        {
            var count = (int)Math.Min(_end - _start, length - body.Length);
            var taken = _buffer.AsSpan(_start, count);
            body.Write(taken);
            _raw.Write(taken);
            _start += count;
            NoteProgress(count);
        }

        return (body.ToArray(), body.Length == length);
    }

    private void NoteProgress(int count)
    {
        _bodyBytes += count;
        if (_bodyBytes >= _awaitedBytes && _arrived is { } arrived)
        {
            _arrived = null;
            arrived();
        }
    }

    private async ValueTask<bool> FillAsync()
    {
        try
        {
            _start = 0;
            _end = await socket.ReceiveAsync(_buffer).Soon();
        }
        catch (SocketException)
        {
            _end = 0;
            WasReset = true;
        }

        return _end > 0;
    }
}
