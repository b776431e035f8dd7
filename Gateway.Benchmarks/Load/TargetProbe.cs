using System.Text.Json;
using Gateway.Benchmarks.Processes;
using Gateway.Benchmarks.Provider;

namespace Gateway.Benchmarks.Load;

/// <summary>Asks a gateway that runs already for one answer, before anything is measured: most do not lead where one thinks.</summary>
internal static class TargetProbe
{
    private const string Unknown = "unknown";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Its version, as far as it tells.</summary>
    /// <exception cref="InvalidOperationException">It does not answer, or the provider did not see the request.</exception>
    public static async Task<string> VersionAsync(Uri target, ProviderProcess provider)
    {
        using var client = new HttpClient { BaseAddress = target, Timeout = Longest };
        var before = await provider.CountAsync();
        var server = await AskAsync(client, target);
        return (await provider.CountAsync()).Requests > before.Requests
            ? await ToldAsync(client) ?? server ?? Unknown
            : throw new InvalidOperationException($"{target} answers, but did not ask the provider at http://{provider.EndPoint}: --provider-port is not where its provider's base_url leads.");
    }

    // What the answer says of who gave it.
    private static async Task<string?> AskAsync(HttpClient client, Uri target)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/anthropic/v1/messages")
        {
            Content = new ByteArrayContent(RequestBodies.OfSize(1_000, stream: false)) { Headers = { { "content-type", "application/json" } } },
            Headers = { { AnswerScript.FieldName, $"{AnswerScript.Json(1_000)}" }, { "x-api-key", "sk-client" }, { "anthropic-version", "2023-06-01" } },
        };
        try
        {
            using var response = await client.SendAsync(request);
            return response.IsSuccessStatusCode
                ? response.Headers.Server.Count > 0 ? response.Headers.Server.ToString() : null
                : throw new InvalidOperationException($"{target} answers POST {request.RequestUri!.OriginalString} with {(int)response.StatusCode}: {await BeginningAsync(response)}");
        }
        catch (HttpRequestException exception)
        {
            throw new InvalidOperationException($"{target} does not answer: {exception.Message}", exception);
        }
        catch (OperationCanceledException exception)
        {
            throw new InvalidOperationException($"{target} does not answer within {Longest.TotalSeconds} s.", exception);
        }
    }

    private static async Task<string> BeginningAsync(HttpResponseMessage response)
    {
        const int Most = 300;
        var text = await response.Content.ReadAsStringAsync();
        return text.Length > Most ? text[..Most] : text;
    }

    private static async Task<string?> ToldAsync(HttpClient client)
    {
        try
        {
            using var health = JsonDocument.Parse(await client.GetStringAsync(new Uri("/health", UriKind.Relative)));
            return health.RootElement.GetProperty("version").GetString();
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }
}
