namespace Gateway.Core.Telemetry;

/// <summary>One line for each finished exchange: facts, never a word of the prompt.</summary>
public static class AccessLine
{
    /// <summary>Logs an exchange, if lines of its weight are wanted. Allocates nothing.</summary>
    /// <param name="log">Where to.</param>
    /// <param name="record">The facts; not kept.</param>
    public static void Write(ILogSink log, in ExchangeRecord record)
    {
        var line = log.Open(LevelOf(record.Outcome), "exchange"u8);
        if (line is null)
        {
            return;
        }

        Fill(line, record);
        log.Post(line);
    }

    /// <summary>Adds the facts to a line. Allocates nothing.</summary>
    public static void Fill(LogLine line, in ExchangeRecord record)
    {
        WriteIdentity(line, record);
        WriteTimes(line, record);
        WriteUsage(line, record.Usage);
        WriteIfAny(line, "cache_lost_tokens"u8, record.CacheLostTokens);
        WriteIfAny(line, "thinking_stripped"u8, record.ThinkingStripped);
        WriteIfSaid(line, "dropped"u8, record.Dropped);
        WriteIfSaid(line, "dropped_of_client"u8, record.DroppedOfClient);
        WriteIfAny(line, "cost_micro_usd"u8, record.CostMicroUsd);
        WriteIfSaid(line, "stop_reason"u8, record.StopReason);
        WriteIfSaid(line, "error_type"u8, record.ErrorType);
    }

    private static LogLevel LevelOf(ExchangeOutcome outcome) => outcome switch
    {
        ExchangeOutcome.ProviderFault => LogLevel.Warning,
        ExchangeOutcome.GatewayFault => LogLevel.Error,
        _ => LogLevel.Info,
    };

    private static void WriteIdentity(LogLine line, in ExchangeRecord record)
    {
        line.Text("request_id"u8, record.RequestId);
        line.Text("endpoint"u8, NameOf(record.Endpoint));
        WriteIfSaid(line, "provider"u8, record.Provider);
        WriteIfSaid(line, "model"u8, record.Model);
        WriteIfSaid(line, "route"u8, record.Route);
        WriteIfSaid(line, "reason"u8, record.Reason);
        WriteIfSaid(line, "class"u8, record.Kind);
        WriteIfSaid(line, "client"u8, record.Client);
        WriteIfSaid(line, "client_address"u8, record.ClientAddress);
        WriteIfSaid(line, "session"u8, record.Session);
        WriteIfSaid(line, "agent"u8, record.Agent);
        WriteIfSaid(line, "trace_id"u8, record.TraceId);
        line.Number("status"u8, record.Status);
        line.Text("outcome"u8, NameOf(record.Outcome));
        WriteIfSaid(line, "abort_stage"u8, record.Outcome == ExchangeOutcome.ClientAborted ? NameOf(record.AbortStage) : default);
        line.Number("attempts"u8, record.Attempts);
        if (!record.Failed.IsEmpty)
        {
            line.Attempts("failed"u8, record.Failed);
        }

        line.Number("bytes_in"u8, record.BytesIn);
        line.Number("bytes_out"u8, record.BytesOut);
    }

    private static void WriteTimes(LogLine line, in ExchangeRecord record)
    {
        WriteIfKnown(line, "queued_us"u8, record.QueuedMicroseconds);
        WriteIfKnown(line, "connected_us"u8, record.ConnectedMicroseconds);
        WriteIfKnown(line, "first_byte_us"u8, record.FirstByteMicroseconds);
        WriteIfKnown(line, "total_us"u8, record.TotalMicroseconds);
        WriteIfKnown(line, "overhead_us"u8, record.OverheadMicroseconds);
    }

    private static void WriteUsage(LogLine line, in Usage usage)
    {
        if (usage.Source == UsageSource.None)
        {
            return;
        }

        WriteIfKnown(line, "input_tokens"u8, usage.InputTokens);
        WriteIfKnown(line, "output_tokens"u8, usage.OutputTokens);
        WriteIfKnown(line, "cache_read_tokens"u8, usage.CacheReadInputTokens);
        WriteIfKnown(line, "cache_creation_tokens"u8, usage.CacheCreationInputTokens);
        line.Text("usage_source"u8, NameOf(usage.Source));
    }

    private static void WriteIfSaid(LogLine line, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty)
        {
            line.Text(name, value);
        }
    }

    private static void WriteIfAny(LogLine line, ReadOnlySpan<byte> name, long value)
    {
        if (value > 0)
        {
            line.Number(name, value);
        }
    }

    private static void WriteIfKnown(LogLine line, ReadOnlySpan<byte> name, long value)
    {
        if (value >= 0)
        {
            line.Number(name, value);
        }
    }

    private static ReadOnlySpan<byte> NameOf(UsageSource source) => source switch
    {
        UsageSource.Final => "final"u8,
        UsageSource.Estimated => "estimated"u8,
        _ => "partial"u8,
    };

    private static ReadOnlySpan<byte> NameOf(AbortStage stage) => stage switch
    {
        AbortStage.Request => "request"u8,
        AbortStage.Waiting => "waiting"u8,
        _ => "answer"u8,
    };

    private static ReadOnlySpan<byte> NameOf(EndpointKind endpoint) => endpoint switch
    {
        EndpointKind.Messages => "messages"u8,
        EndpointKind.CountTokens => "count_tokens"u8,
        EndpointKind.Models => "models"u8,
        EndpointKind.Health => "health"u8,
        EndpointKind.Relayed => "relayed"u8,
        EndpointKind.Passthrough => "passthrough"u8,
        EndpointKind.Management => "management"u8,
        _ => "unknown"u8,
    };

    private static ReadOnlySpan<byte> NameOf(ExchangeOutcome outcome) => outcome switch
    {
        ExchangeOutcome.Succeeded => "succeeded"u8,
        ExchangeOutcome.ClientFault => "client_fault"u8,
        ExchangeOutcome.ClientAborted => "client_aborted"u8,
        ExchangeOutcome.ProviderFault => "provider_fault"u8,
        _ => "gateway_fault"u8,
    };
}
