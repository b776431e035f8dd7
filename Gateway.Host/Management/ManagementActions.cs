using System.Text.Json;
using Gateway.Core.Configuration;
using Gateway.Core.Schema;
using Gateway.Core.Telemetry;
using Gateway.Http.Server;

namespace Gateway.Host.Management;

/// <summary>What pages can set in motion; the process says how.</summary>
internal sealed class ManagementActions
{
    /// <summary>Reads the configuration again; what is wrong with it, if anything.</summary>
    public required Func<ConfigResult> Reload { get; init; }

    /// <summary>Begins to drain.</summary>
    public required Action BeginDrain { get; init; }

    /// <summary><c>/config/reload</c>: the new one is in force, or nothing has changed.</summary>
    public ValueTask ReloadAsync(Exchange exchange)
    {
        var result = Reload();
        Page.Json(
            exchange,
            writer =>
            {
                writer.WriteString("status"u8, result.Errors.Count == 0 ? "reloaded"u8 : "refused"u8);
                writer.WriteStartArray("errors"u8);
                result.Errors.ForEach(error => Write(writer, error));
                writer.WriteEndArray();
                writer.WriteStartArray("warnings"u8);
                result.Warnings.ForEach(writer.WriteStringValue);
                writer.WriteEndArray();
            },
            result.Errors.Count == 0 ? 200 : 422);
        return default;
    }

    /// <summary>The log, whose level can be switched.</summary>
    public required ILogSink Log { get; init; }

    /// <summary><c>/log-level</c>: what is logged now.</summary>
    public void ShowLevel(Exchange exchange) => Page.Json(exchange, writer => writer.WriteString("level"u8, Log.Minimum.Name()));

    /// <summary><c>/log-level</c>: another level, until the next reload.</summary>
    public void SwitchLevel(Exchange exchange, ReadOnlySpan<byte> body)
    {
        if (!LogLevels.TryParse(LevelIn(body), out var level))
        {
            Page.Refuse(exchange, 400, "level: expected trace, debug, info, warn or error, as in {\"level\":\"debug\"}."u8);
            return;
        }

        Log.Minimum = level;
        ShowLevel(exchange);
    }

    /// <summary><c>/drain</c>.</summary>
    public void Drain(Exchange exchange)
    {
        Page.Json(exchange, writer => writer.WriteString("status"u8, "draining"u8), 202);
        BeginDrain();
    }

    private static string? LevelIn(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonElement.Parse(body) is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("level"u8, out var level)
                && level.ValueKind == JsonValueKind.String ? level.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter writer, ConfigError error)
    {
        writer.WriteStartObject();
        writer.WriteString("file"u8, error.File);
        writer.WriteNumber("line"u8, error.Line);
        writer.WriteString("path"u8, error.Path);
        writer.WriteString("found"u8, error.Found);
        writer.WriteString("expected"u8, error.Expected);
        writer.WriteEndObject();
    }
}
