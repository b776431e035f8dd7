using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Gateway.Core.Configuration;
using Gateway.Host.Cli.Output;
using Gateway.Host.Composition;

namespace Gateway.Host.Cli.Client;

/// <summary>Commands that ask a running gateway: they find it by the configuration, or by <c>--url</c>.</summary>
internal static class ClientCommand
{
    private const string KeyVariable = "GATEWAY_CLIENT_KEY";

    /// <summary>A command with the options that all of them have.</summary>
    /// <param name="around">What it has around it.</param>
    /// <param name="options">Where the gateway is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="longest">How long the gateway may take.</param>
    /// <param name="place">Where what it asks for is, by the configuration.</param>
    /// <param name="run">Does it; returns the exit code.</param>
    public static Command Create(
        Surroundings around,
        GatewayOptions options,
        string name,
        string description,
        TimeSpan longest,
        Func<ListenerConfig, GatewayPlace> place,
        Func<GatewayCall, Task<int>> run)
    {
        var json = new JsonOption();
        var url = new Option<Uri?>("--url")
        {
            Description = "Where the gateway is, instead of what the configuration says",
            HelpName = "http://host:port",
            CustomParser = ParseUrl,
        };
        var command = new Command(name, description) { url, json };
        foreach (var option in options.Place)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancel) =>
        {
            if ((parsed.GetValue(url) is { } given ? new GatewayPlace(given) : Find(around, options.Read(parsed), place)) is not { } found)
            {
                return ExitCodes.Configuration;
            }

            var address = found.Address;
            using var handler = found.MakeHandler();
            using var http = new HttpClient(handler) { BaseAddress = address, Timeout = longest };
            AddKey(around, http);
            try
            {
                return await run(new GatewayCall(around, http, found.KeyFile, parsed, parsed.GetValue(json), cancel)).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
            {
                around.Remark($"{address}: {(exception is TaskCanceledException ? "no answer in time" : exception.Message)}");
                return ExitCodes.Failure;
            }
            catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                around.Remark($"{address}: the answer is none of a gateway's");
                return ExitCodes.Failure;
            }
        });
        return command;
    }

    private static Uri? ParseUrl(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        result.AddError($"--url: '{text}' is no http or https URL.");
        return null;
    }

    private static GatewayPlace? Find(Surroundings around, ServeOptions options, Func<ListenerConfig, GatewayPlace> place)
    {
        var result = ConfigFile.Load(options, around.Environment, out _, out _);
        ConfigProblems.Print(around, result);
        if (result.Listener is null)
        {
            around.Remark("so it is not known where the gateway is; --url http://host:port asks it all the same");
        }

        return result.Listener is { } listener ? place(listener) : null;
    }

    private static void AddKey(Surroundings around, HttpClient http)
    {
        if (around.Environment(KeyVariable) is { Length: > 0 } key)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation("x-gateway-key", key);
        }
    }
}
