using System.Globalization;
using System.Text.Json;
using Gateway.Core.Telemetry;
using static Gateway.Host.Export.OtlpJson;

namespace Gateway.Host.Export;

/// <summary>Writes exchanges as spans: one of the server's side for each, one of the client's side for each of its attempts.</summary>
/// <remarks>Attributes by OpenTelemetry's conventions for generative AI and HTTP, and <c>gateway.*</c> for what has no convention.</remarks>
internal static class OtlpSpans
{
    private const int ServerKind = 2;
    private const int ClientKind = 3;
    private const int ErrorStatus = 2;

    // Of the protocol's SpanFlags: it is known whether the parent is in another process.
    private const int Sampled = 1;
    private const int ParentIsKnown = 0x100;
    private const int ParentIsRemote = 0x200;

    /// <summary>Writes a whole request.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<ExchangeFacts> batch)
    {
        Begin(json, "resourceSpans", "scopeSpans", "spans");
        foreach (var facts in batch)
        {
            WriteExchange(json, facts);
            for (var i = 0; i < facts.Attempts.Length; i++)
            {
                WriteAttempt(json, facts, facts.Attempts[i], isLast: i == facts.Attempts.Length - 1);
            }
        }

        End(json);
    }

    private static void WriteExchange(Utf8JsonWriter json, ExchangeFacts facts)
    {
        BeginSpan(json, facts.Trace, facts.Parent.Span, facts.Trace.IsSampled, isRemote: facts.Parent.IsSet);
        WriteName(json, facts, facts.Text(ExchangeText.Model));
        json.WriteNumber("kind"u8, ServerKind);
        WriteTimes(json, facts, 0, facts.TotalMicroseconds);
        json.WriteStartArray("attributes"u8);
        WriteRequest(json, facts);
        WriteUsage(json, facts.Usage);
        if (facts.CostMicroUsd > 0)
        {
            BeginAttribute(json, "gateway.cost_usd"u8);
            json.WriteNumber("doubleValue"u8, facts.CostMicroUsd / 1e6);
            EndAttribute(json);
        }

        WriteStopReason(json, facts.Text(ExchangeText.StopReason));
        var failed = facts.Outcome != ExchangeOutcome.Succeeded;
        WriteError(json, failed, failed ? ErrorOf(facts) : null);
    }

    private static void WriteRequest(Utf8JsonWriter json, ExchangeFacts facts)
    {
        WriteOperation(json, facts);
        Attribute(json, "gen_ai.request.model"u8, facts.Text(ExchangeText.Model));
        Attribute(json, "gen_ai.provider.name"u8, facts.Text(ExchangeText.Provider));
        Attribute(json, "gen_ai.conversation.id"u8, facts.Text(ExchangeText.Session));
        Attribute(json, "gen_ai.agent.id"u8, facts.Text(ExchangeText.Agent));
        Attribute(json, "gateway.request_id"u8, facts.Text(ExchangeText.RequestId));
        Attribute(json, "gateway.route"u8, facts.Text(ExchangeText.Route));
        Attribute(json, "gateway.class"u8, facts.Text(ExchangeText.Kind));
        Attribute(json, "gateway.attempts"u8, facts.Attempts.Length);
        Attribute(json, "gateway.first_byte_us"u8, facts.FirstByteMicroseconds);
        Attribute(json, "http.response.status_code"u8, facts.Status > 0 ? facts.Status : -1);
    }

    private static void WriteAttempt(Utf8JsonWriter json, ExchangeFacts facts, in AttemptRecord attempt, bool isLast)
    {
        var model = attempt.Model.IsEmpty ? facts.Text(ExchangeText.Model) : attempt.Model.Span[1..^1];
        BeginSpan(json, facts.Trace with { Span = attempt.Span }, facts.Trace.Span, facts.Trace.IsSampled, isRemote: false);
        WriteName(json, facts, model);
        json.WriteNumber("kind"u8, ClientKind);
        WriteTimes(json, facts, attempt.StartMicroseconds, Math.Max(attempt.StartMicroseconds, attempt.EndMicroseconds));
        json.WriteStartArray("attributes"u8);
        WriteOperation(json, facts);
        Attribute(json, "gen_ai.request.model"u8, model);
        Attribute(json, "gen_ai.provider.name"u8, attempt.Provider);
        Attribute(json, "http.response.status_code"u8, attempt.Status > 0 ? attempt.Status : -1);
        if (isLast && attempt.Fault is null)
        {
            WriteUsage(json, facts.Usage);
        }

        WriteError(json, attempt.Fault is not null || attempt.Status >= 400, attempt.Fault ?? attempt.Status.ToString(CultureInfo.InvariantCulture));
    }

    private static void BeginSpan(Utf8JsonWriter json, in TraceContext span, ulong parent, bool isSampled, bool isRemote)
    {
        Span<byte> trace = stackalloc byte[TraceContext.TraceIdLength];
        span.WriteTraceId(trace);
        json.WriteStartObject();
        json.WriteString("traceId"u8, trace);
        json.WriteString("spanId"u8, span.Span.ToString("x16", CultureInfo.InvariantCulture));
        if (parent != 0)
        {
            json.WriteString("parentSpanId"u8, parent.ToString("x16", CultureInfo.InvariantCulture));
        }

        json.WriteNumber("flags"u8, (isSampled ? Sampled : 0) | ParentIsKnown | (isRemote ? ParentIsRemote : 0));
    }

    private static void WriteName(Utf8JsonWriter json, ExchangeFacts facts, ReadOnlySpan<byte> model)
    {
        var operation = OperationOf(facts.Endpoint);
        Span<byte> name = [.. operation, .. model.IsEmpty ? default : " "u8, .. model];
        json.WriteString("name"u8, name);
    }

    private static void WriteTimes(Utf8JsonWriter json, ExchangeFacts facts, long from, long to)
    {
        Time(json, "startTimeUnixNano"u8, facts.StartedAt + TimeSpan.FromMicroseconds(from));
        Time(json, "endTimeUnixNano"u8, facts.StartedAt + TimeSpan.FromMicroseconds(to));
    }

    private static void WriteOperation(Utf8JsonWriter json, ExchangeFacts facts) =>
        Attribute(json, "gen_ai.operation.name"u8, OperationOf(facts.Endpoint));

    // The convention counts what the cache gave or took among the input; Anthropic counts it beside.
    private static void WriteUsage(Utf8JsonWriter json, in Usage usage)
    {
        if (usage.Source == UsageSource.None)
        {
            return;
        }

        var cached = Math.Max(0, usage.CacheReadInputTokens) + Math.Max(0, usage.CacheCreationInputTokens);
        Attribute(json, "gen_ai.usage.input_tokens"u8, usage.InputTokens < 0 ? -1 : usage.InputTokens + cached);
        Attribute(json, "gen_ai.usage.output_tokens"u8, usage.OutputTokens);
        Attribute(json, "gen_ai.usage.cache_read.input_tokens"u8, usage.CacheReadInputTokens);
        Attribute(json, "gen_ai.usage.cache_creation.input_tokens"u8, usage.CacheCreationInputTokens);
    }

    private static void WriteStopReason(Utf8JsonWriter json, ReadOnlySpan<byte> reason)
    {
        if (reason.IsEmpty)
        {
            return;
        }

        BeginAttribute(json, "gen_ai.response.finish_reasons"u8);
        json.WriteStartObject("arrayValue"u8);
        json.WriteStartArray("values"u8);
        json.WriteStartObject();
        json.WriteString("stringValue"u8, reason);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        EndAttribute(json);
    }

    // Ends the span.
    private static void WriteError(Utf8JsonWriter json, bool failed, string? type)
    {
        if (failed)
        {
            Attribute(json, "error.type"u8, type);
        }

        json.WriteEndArray();
        if (failed)
        {
            json.WriteStartObject("status"u8);
            json.WriteNumber("code"u8, ErrorStatus);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string ErrorOf(ExchangeFacts facts) => facts.Text(ExchangeText.ErrorType) is { IsEmpty: false } type
        ? System.Text.Encoding.UTF8.GetString(type)
        : facts.Outcome switch
        {
            ExchangeOutcome.ClientFault => "client_fault",
            ExchangeOutcome.ClientAborted => "client_aborted",
            ExchangeOutcome.ProviderFault => "provider_fault",
            _ => "gateway_fault",
        };

    private static ReadOnlySpan<byte> OperationOf(EndpointKind endpoint) => endpoint switch
    {
        EndpointKind.Messages => "chat"u8,
        EndpointKind.CountTokens => "count_tokens"u8,
        EndpointKind.Models => "list_models"u8,
        _ => "relay"u8,
    };
}
