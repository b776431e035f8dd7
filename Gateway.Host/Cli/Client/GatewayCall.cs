using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Gateway.Host.Cli.Client;

/// <summary>One command's talk with a running gateway.</summary>
internal sealed class GatewayCall(Surroundings around, HttpClient http, string? keyFile, ParseResult parsed, bool isJson, CancellationToken cancel)
{
    private const string JsonType = "application/json";

    public Surroundings Around => around;

    public ParseResult Parsed => parsed;

    /// <summary>The answer is printed as it came.</summary>
    public bool IsJson => isJson;

    public CancellationToken Cancel => cancel;

    /// <summary>Asks for a page.</summary>
    public async Task<GatewayAnswer> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request).ConfigureAwait(false);
    }

    /// <summary>Has something changed: with the management key, which proves that the caller may read this user's files.</summary>
    public async Task<GatewayAnswer> ChangeAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Body("{}"u8.ToArray()) };
        if (await ManagementKey.ReadAsync(around, keyFile, cancel).ConfigureAwait(false) is { } key)
        {
            request.Headers.TryAddWithoutValidation("x-management-key", key);
        }

        return await SendAsync(request).ConfigureAwait(false);
    }

    /// <summary>Sends a message as a client would, with a field of the gateway's own.</summary>
    public async Task<HttpResponseMessage> PostMessageAsync(byte[] body, string field, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/anthropic/v1/messages") { Content = Body(body) };
        request.Headers.Add("anthropic-version", "2023-06-01");
        request.Headers.TryAddWithoutValidation(field, value);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
    }

    /// <summary>Prints a refusal of the gateway; the exit code.</summary>
    public int Refused(int status, string text)
    {
        around.Remark($"{status}: {MessageIn(text)}");
        return ExitCodes.Failure;
    }

    /// <summary>What a refusal says: the message of Anthropic's shape of an error, else the beginning of whatever came.</summary>
    public static string MessageIn(string text)
    {
        const int Glimpse = 200;
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.GetProperty("error").GetProperty("message").GetString() ?? "";
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return text.Length <= Glimpse ? text.Trim() : new StringBuilder(text, 0, Glimpse, Glimpse).Append(" ...").ToString();
        }
    }

    private async Task<GatewayAnswer> SendAsync(HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request, cancel).ConfigureAwait(false);
        return new GatewayAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancel).ConfigureAwait(false));
    }

    private static ByteArrayContent Body(byte[] body) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue(JsonType) } };
}

/// <summary>What the gateway said.</summary>
/// <param name="Status">Status code.</param>
/// <param name="Text">Body.</param>
internal sealed record GatewayAnswer(int Status, string Text)
{
    /// <summary>It did what it was asked.</summary>
    public bool IsFine => Status is >= 200 and < 300;
}
