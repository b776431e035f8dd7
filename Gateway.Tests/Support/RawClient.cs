using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gateway.Tests.Support;

/// <summary>A client that sends exactly the bytes it is given and reads strictly what comes back.</summary>
internal sealed partial class RawClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly WireReader _reader;

    private RawClient() => _reader = new WireReader(_socket);

    public static async Task<RawClient> ConnectAsync(IPEndPoint gateway, int? receiveBufferBytes = null)
    {
        var client = new RawClient();
        if (receiveBufferBytes is { } bytes)
        {
            client._socket.ReceiveBufferSize = bytes;
        }

        await client._socket.ConnectAsync(gateway).Soon();
        return client;
    }

    /// <summary>Sends text as it is, one byte a character.</summary>
    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends bytes.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes).AsTask().Soon()..];
        }
    }

    /// <summary>Sends a request with a body of known length, and the fields given.</summary>
    public async Task SendAsync(string requestLine, ReadOnlyMemory<byte> body, params string[] fields)
    {
        await SendAsync($"{requestLine} HTTP/1.1\r\nHost: localhost\r\n{Lines(requestLine, fields)}Content-Length: {body.Length}\r\n\r\n");
        await SendAsync(body);
    }

    /// <summary>Sends a request without a body.</summary>
    public Task AskAsync(string requestLine, params string[] fields) =>
        SendAsync($"{requestLine} HTTP/1.1\r\nHost: localhost\r\n{Lines(requestLine, fields)}\r\n");

    // Messages are JSON unless the test says otherwise.
    private static string Lines(string requestLine, string[] fields)
    {
        var saysType = Array.Exists(fields, field => field.StartsWith("content-type:", StringComparison.OrdinalIgnoreCase));
        var all = requestLine.StartsWith("POST /anthropic/v1/messages", StringComparison.Ordinal) && !saysType
            ? fields.Append("Content-Type: application/json")
            : fields;
        return string.Concat(all.Select(field => field + "\r\n"));
    }

    /// <summary>Posts a message, and reads the whole answer.</summary>
    public async Task<RawResponse> PostAsync(ReadOnlyMemory<byte> body, params string[] fields)
    {
        await SendAsync("POST /anthropic/v1/messages", body, fields);
        return await ReadAsync();
    }

    /// <summary>Tells once when so many bytes of the next body have come.</summary>
    public void WhenBodyBytes(int count, Action arrived) => _reader.WhenBodyBytes(count, arrived);

    /// <summary>Reads a head alone.</summary>
    public async Task<MessageHead> ReadHeadAsync() =>
        new(await _reader.ReadHeadAsync().Soon() ?? throw new EndOfStreamException("The connection ended without an answer."));

    /// <summary>Reads a whole response, or what there is of it when the connection is cut.</summary>
    public async Task<RawResponse> ReadAsync(bool toHead = false)
    {
        var head = await ReadHeadAsync();
        var (body, isWhole) = toHead ? ([], true) : await _reader.ReadBodyAsync(head, untilClose: !IsBodiless(head)).Soon();
        return new RawResponse(head, body, isWhole, _reader.TakeRaw());
    }

    /// <summary>Reads until the text came, in one chunk or in many, and returns all up to there, head and framing included.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        // Bounded as a whole: a stream that is kept alive never ends by itself.
        var (seen, isWhole) = await _reader.ReadThroughTextAsync(text).Soon($"'{text}'");
        Assert.That(isWhole, $"the end came before '{text}', after: {seen}");
        return seen;
    }

    /// <summary>The same without the lines of the chunks, wherever these are cut.</summary>
    public async Task<string> ReadPayloadUntilAsync(string text) => ChunkLine().Replace(await ReadUntilAsync(text), "");

    /// <summary>The gateway closes, and sends nothing more before.</summary>
    public async Task ExpectEndAsync(bool allowReset = false)
    {
        Assert.That(await _reader.ReadByteAsync(), Is.EqualTo(-1), "no more bytes were expected");
        Assert.That(_reader.WasReset && !allowReset, Is.False, "the connection was reset, not closed");
    }

    /// <summary>Ends the sending side only.</summary>
    public void Finish() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Closes with a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();

    [GeneratedRegex("\r\n[0-9a-f]+\r\n")]
    private static partial Regex ChunkLine();

    private static bool IsBodiless(MessageHead head) => head.FirstLine.Split(' ')[1] is ['1', ..] or "204" or "304";
}

/// <summary>A response as it came.</summary>
internal sealed record RawResponse(MessageHead Head, byte[] Body, bool IsWhole, byte[] Raw)
{
    /// <summary>The status of the status line.</summary>
    public int Status => int.Parse(Head.FirstLine.Split(' ')[1]);

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Body);

    /// <summary>Type of the error the body tells, in Anthropic's shape.</summary>
    public string? ErrorType => Json.GetProperty("error").GetProperty("type").GetString();

    /// <summary>Message of that error.</summary>
    public string ErrorMessage => Json.GetProperty("error").GetProperty("message").GetString()!;
}
