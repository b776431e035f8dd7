using System.Text;

namespace Gateway.Tests.Support;

/// <summary>What a script has in its hands: a request, and the connection to answer on.</summary>
internal sealed class ProviderExchange(ProviderRequest request, ProviderConnection connection)
{
    public ProviderRequest Request { get; } = request;

    public ProviderConnection Connection { get; } = connection;

    /// <summary>Reads the request's body into the request.</summary>
    public async Task ReadBodyAsync()
    {
        (Request.Body, Request.IsWhole) = await Connection.Reader.ReadBodyAsync(Request.Head, untilClose: false);
        Request.Raw = Connection.Reader.TakeRaw();
    }

    /// <summary>Sends text as it is, one byte a character.</summary>
    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends bytes.</summary>
    public Task SendAsync(ReadOnlyMemory<byte> bytes) => Connection.SendAsync(bytes);

    /// <summary>Answers with JSON of known length.</summary>
    public Task AnswerJsonAsync(string json, int status = 200, string fields = "") =>
        AnswerAsync(status, $"content-type: application/json\r\n{fields}", Encoding.UTF8.GetBytes(json));

    /// <summary>Answers with a body of known length.</summary>
    public async Task AnswerAsync(int status, string fields, ReadOnlyMemory<byte> body)
    {
        await SendAsync($"HTTP/1.1 {status} Told\r\n{fields}content-length: {body.Length}\r\n\r\n");
        await SendAsync(body);
    }

    /// <summary>Begins a chunked event stream.</summary>
    public Task BeginStreamAsync(string fields = "") =>
        SendAsync($"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n{fields}transfer-encoding: chunked\r\n\r\n");

    /// <summary>Sends one chunk.</summary>
    public async Task SendChunkAsync(string text) => await SendChunkAsync(Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="SendChunkAsync(string)"/>
    public async Task SendChunkAsync(ReadOnlyMemory<byte> bytes)
    {
        byte[] chunk = [.. Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), .. bytes.Span, .. "\r\n"u8];
        await SendAsync(chunk);
    }

    /// <summary>Ends a chunked body.</summary>
    public Task EndChunksAsync() => SendAsync("0\r\n\r\n");

    /// <summary>Answers with a whole event stream, an event a chunk.</summary>
    public async Task StreamAsync(params string[] events)
    {
        await BeginStreamAsync();
        foreach (var text in events)
        {
            await SendChunkAsync(text);
        }

        await EndChunksAsync();
    }

    /// <summary>Answers with an event stream that stops behind its first event until it is told to go on.</summary>
    public async Task StreamAsync(Task goOn, string[] events)
    {
        await BeginStreamAsync();
        await SendChunkAsync(events[0]);
        await goOn.Soon();
        await SendChunkAsync(string.Concat(events[1..]));
        await EndChunksAsync();
    }

    /// <summary>Answers with so many x, as fast as they are taken.</summary>
    public async Task FloodAsync(int bytes)
    {
        var piece = new byte[16 * 1024];
        piece.AsSpan().Fill((byte)'x');
        await SendAsync($"HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\ncontent-length: {bytes}\r\n\r\n");
        for (var left = bytes; left > 0; left -= piece.Length)
        {
            await SendAsync(piece.AsMemory(0, Math.Min(left, piece.Length)));
        }
    }

    /// <summary>Never answers; ends when the gateway closes.</summary>
    public async Task HangAsync()
    {
        while (await Connection.ReceiveAsync() is not null)
        {
        }
    }
}
