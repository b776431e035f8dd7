using System.Buffers;
using Gateway.Core.Schema;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields of <c>otlp</c>.</summary>
internal static class OtlpFields
{
    // RFC 9110 section 5.6.2: tokens. What frames a message is the gateway's own business.
    private static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    private static readonly string[] Ours = ["host", "content-type", "content-length", "transfer-encoding", "connection"];

    public static ConfigTable<OtlpConfig> Table { get; } = new()
    {
        { "endpoint", BaseUrl, c => c.Endpoint, (c, v) => c with { Endpoint = v },
            "Collector that metrics and traces are pushed to by OTLP over HTTP, such as `http://127.0.0.1:4318`; without it nothing is pushed." },
        { "headers", new MapKind<SecretReference?>("the name of a header field", IsField, SecretReference.Kind), c => c.HeaderReferences, (c, v) => c with { HeaderReferences = v },
            "Header fields of each push, such as a token: `${NAME}` takes its whole value from the environment." },
        { "traces", Flag, c => c.Traces, (c, v) => c with { Traces = v },
            "Push a span for each exchange and for each of its attempts; providers are told of the attempt's span by `traceparent`." },
        { "metrics", Flag, c => c.Metrics, (c, v) => c with { Metrics = v },
            "Push what `/metrics` shows." },
        { "interval_seconds", Number(1, 3600), c => c.IntervalSeconds, (c, v) => c with { IntervalSeconds = v },
            "Time between two pushes." },
        { "sample_percent", Number(0, 100), c => c.SamplePercent, (c, v) => c with { SamplePercent = v },
            "Share of the traces that begin here; a client's `traceparent` says itself. Failures and failovers are pushed in any case." },
    };

    private static bool IsField(string name) =>
        name.Length > 0 && !name.AsSpan().ContainsAnyExcept(Token) && !Ours.Contains(name, StringComparer.OrdinalIgnoreCase);
}
