using System.Text;
using System.Text.Json;
using Gateway.Core.Configuration;
using Gateway.Core.Health;
using Gateway.Core.Providers;
using Gateway.Http.Server;

namespace Gateway.Host.Management;

/// <summary><c>/providers</c>: how each is, what it can do, what is left of its limits; and marks by hand.</summary>
internal sealed class ProviderPage(GatewayStatus status)
{
    // What a provider is like that nothing was asked of.
    private static readonly CircuitBreaker Unused = new();

    /// <summary>All of them.</summary>
    public void All(Exchange exchange) => Page.Json(exchange, writer =>
    {
        writer.WriteStartArray("providers"u8);
        foreach (var config in status.Snapshots.Current.Config.Providers)
        {
            writer.WriteStartObject();
            Write(writer, config);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>One, with the last exchanges it had a part in.</summary>
    public void One(Exchange exchange, string name)
    {
        if (Find(name) is not { } config)
        {
            Page.Refuse(exchange, 404, "There is no provider of this name."u8);
            return;
        }

        Page.Json(exchange, writer =>
        {
            Write(writer, config);
            RecentPage.Write(writer, "recent"u8, status.Recent.Lines(), line => Mentions(line, name));
        });
    }

    /// <summary>Marks one by hand: healthy, unhealthy, drain, or auto to take the mark back.</summary>
    public void Mark(Exchange exchange, string name, ReadOnlySpan<byte> body)
    {
        var provider = status.Snapshots.Current.Providers.FirstOrDefault(provider => provider.Name == name);
        if (provider is null)
        {
            Page.Refuse(exchange, 404, "There is no enabled provider of this name."u8);
            return;
        }

        HealthState? state = StateIn(body) switch
        {
            "healthy" => HealthState.Healthy,
            "unhealthy" => HealthState.Unhealthy,
            "drain" => HealthState.Disabled,
            _ => null,
        };
        if (state is null && StateIn(body) != "auto")
        {
            Page.Refuse(exchange, 400, "state: expected healthy, unhealthy, drain or auto, as in {\"state\":\"drain\"}."u8);
            return;
        }

        provider.Mark(state, status.NowMs());
        One(exchange, name);
    }

    /// <summary>How a provider is, over all its keys: the best of them.</summary>
    public static HealthState StateOf(Provider provider, long nowMs)
    {
        var best = HealthState.Disabled;
        foreach (var key in provider.Keys)
        {
            foreach (var circuit in provider.State.Circuits.All.DefaultIfEmpty(Unused))
            {
                var state = provider.State.StateOf(circuit, key.State, key.IsRefused, nowMs);
                best = state < best ? state : best;
            }
        }

        return best;
    }

    /// <summary>A state as it is written everywhere.</summary>
    public static string NameOf(HealthState state) => Snake(state.ToString());

    /// <summary>CircuitOpen to circuit_open.</summary>
    public static string Snake(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            text.Append(char.IsUpper(letter) && text.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    private void Write(Utf8JsonWriter writer, ProviderConfig config)
    {
        var provider = status.Snapshots.Current.Providers.FirstOrDefault(provider => provider.Name == config.Name);
        writer.WriteString("name"u8, config.Name);
        writer.WriteBoolean("enabled"u8, provider is not null);
        writer.WriteString("dialect"u8, config.Dialect switch { Dialect.OpenAi => "openai", Dialect.OpenAiResponses => "openai-responses", _ => "anthropic" });
        writer.WriteString("base_url"u8, config.BaseUrl?.ToString() ?? "");
        writer.WriteStartArray("models"u8);
        foreach (var model in config.Models)
        {
            writer.WriteStringValue(model);
        }

        writer.WriteEndArray();
        if (provider is not null)
        {
            WriteLife(writer, provider, status.NowMs());
        }
    }

    private static void WriteLife(Utf8JsonWriter writer, Provider provider, long now)
    {
        writer.WriteString("state"u8, NameOf(StateOf(provider, now)));
        writer.WriteString("mark"u8, provider.State.Mark is { } mark ? NameOf(mark) : "auto");
        writer.WriteNumber("in_flight"u8, provider.State.InFlight);
        writer.WriteNumber("latency_ms"u8, Math.Round(provider.State.FirstContent.Value, 1));
        writer.WriteNumber("success_rate"u8, Math.Round(1 - provider.State.Circuits.All.Select(circuit => circuit.FailureShare(now)).DefaultIfEmpty(0).Max(), 4));
        writer.WriteNumber("token_count_factor"u8, Math.Round(provider.Corrections.All.Select(static correction => correction.Count.Factor).DefaultIfEmpty(1).Max(), 3));
        writer.WriteNumber("token_estimate_factor"u8, Math.Round(provider.Corrections.All.Select(static correction => correction.Estimate.Factor).DefaultIfEmpty(1).Max(), 3));
        writer.WriteStartArray("keys"u8);
        foreach (var key in provider.Keys)
        {
            writer.WriteStartObject();
            writer.WriteString("limit_group"u8, key.Group);
            writer.WriteString("state"u8, StateOf(key, now));
            WriteLimits(writer, key.Limits?.Remaining(now));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteCompatibility(writer, provider, now);
        WriteLimits(writer, provider.Limits?.Remaining(now));
    }

    // What it was found not to know, and for how long that is believed.
    private static void WriteCompatibility(Utf8JsonWriter writer, Provider provider, long now)
    {
        writer.WriteStartArray("left_out"u8);
        foreach (var (drops, forAll, until) in provider.State.Compatibility.All.Where(entry => entry.Until > now))
        {
            foreach (var name in drops.Names)
            {
                writer.WriteStartObject();
                writer.WriteString("name"u8, name.Name);
                writer.WriteString("place"u8, Snake(name.Place.ToString()));
                writer.WriteBoolean("for_all_conversations"u8, forAll);
                writer.WriteNumber("seconds"u8, (until - now) / 1000);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteLimits(Utf8JsonWriter writer, (long Requests, long Input, long Output)? remaining)
    {
        if (remaining is { } left)
        {
            writer.WriteStartObject("remaining"u8);
            writer.WriteNumber("requests"u8, left.Requests);
            writer.WriteNumber("input_tokens"u8, left.Input);
            writer.WriteNumber("output_tokens"u8, left.Output);
            writer.WriteEndObject();
        }
    }

    private static string StateOf(ProviderKey key, long now) =>
        key.IsRefused ? "disabled" : now < key.State.ExhaustedUntil ? "exhausted" : now < key.State.CoolingUntil ? "cooling" : "ready";

    private ProviderConfig? Find(string name) => status.Snapshots.Current.Config.Providers.FirstOrDefault(provider => provider.Name == name);

    private static bool Mentions(byte[] line, string provider) =>
        line.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"\"provider\":\"{provider}\"")) >= 0;

    private static string? StateIn(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("state"u8, out var state)
                && state.ValueKind == JsonValueKind.String ? state.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
