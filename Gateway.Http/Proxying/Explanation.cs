using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.Core.Routing;
using Gateway.Core.Selection;
using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>Says where a request would go and why, as JSON; nothing is sent.</summary>
internal static class Explanation
{
    /// <summary>The client wants to know, and nothing to be sent.</summary>
    public static bool IsAsked(Exchange exchange, ProxyContext context) =>
        (context.Fields.TryGet("x-gateway-dry-run"u8, out var value) && !value.SequenceEqual("0"u8) && !Ascii.EqualsIgnoreCase(value, "false"u8)) || GatewayPaths.IsExplanation(exchange.Request.Path);

    /// <summary>Answers the request with its plan.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="context">What has been decided about it.</param>
    /// <param name="refusal">Why the client would get nothing of it; null if that is no matter of the client's.</param>
    public static void Write(Exchange exchange, ProxyContext context, string? refusal)
    {
        var body = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(body, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            WriteRequest(writer, context);
            writer.WriteString("route"u8, context.Plan.Route!.Name);
            writer.WriteString("policy"u8, NameOf(context.Plan.Route.Policy.ToString()));
            writer.WriteString("reason"u8, context.Plan.Reason.Name());
            WriteOrder(writer, context.Plan);
            WriteCandidates(writer, context);
            if ((refusal ?? (context.Plan.HasCurrent ? null : NobodyAnswer.Message(context))) is { } words)
            {
                writer.WriteString("refusal"u8, words);
            }

            writer.WriteEndObject();
        }

        var head = exchange.Response.BeginHead(200, default);
        head.Field("content-type"u8, "application/json"u8);
        head.Field("request-id"u8, context.RequestId);
        exchange.Response.EndHead(ref head, body.WrittenCount);
        exchange.Response.Write(body.WrittenSpan);
        exchange.Response.End();
    }

    private static void WriteRequest(Utf8JsonWriter writer, ProxyContext context)
    {
        var traits = new RequestTraits(context.Scanner.Result, context.Fields);
        writer.WriteString("kind"u8, NameOf(traits.Kind.ToString()));
        writer.WriteStartArray("needs"u8);
        foreach (var need in NobodyAnswer.Words(traits.Needs))
        {
            writer.WriteStringValue(need);
        }

        writer.WriteEndArray();
        writer.WriteString("model"u8, traits.Model);
        writer.WriteNumber("estimated_input_tokens"u8, traits.InputTokens);
        writer.WriteNumber("max_tokens"u8, traits.MaxTokens);
        writer.WriteString("conversation"u8, context.Conversation == 0 ? "" : $"{context.Conversation:x16}");
    }

    private static void WriteOrder(Utf8JsonWriter writer, AttemptPlan plan)
    {
        writer.WriteStartArray("order"u8);
        for (var place = 0; place < plan.Count; place++)
        {
            writer.WriteStringValue(plan[place].Name);
        }

        writer.WriteEndArray();
    }

    private static void WriteCandidates(Utf8JsonWriter writer, ProxyContext context)
    {
        writer.WriteStartArray("candidates"u8);
        for (var i = 0; i < context.Plan.Candidates.Length; i++)
        {
            ref readonly var candidate = ref context.Plan.Candidates[i];
            var isAsked = context.Plan.Asks(i);
            writer.WriteStartObject();
            writer.WriteString("provider"u8, candidate.Target.Provider.Name);
            var model = RouteChoice.ModelFor(context, candidate.Target);
            writer.WriteString("model"u8, model.IsEmpty ? context.Scanner.Result.Model : model.Span[1..^1]);
            writer.WriteNumber("group"u8, candidate.Target.Group);
            writer.WriteNumber("weight"u8, candidate.Target.Weight);
            writer.WriteString("state"u8, NobodyAnswer.NameOf(candidate.State));
            writer.WriteNumber("score"u8, candidate.Score);
            writer.WriteBoolean("asked"u8, isAsked);
            writer.WriteString("reason"u8, isAsked && candidate.Exclusion != Exclusion.None
                ? $"{NobodyAnswer.Describe(candidate)}, but nobody else is left, and it recovers first"
                : NobodyAnswer.Describe(candidate));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // RoundRobin to round_robin: as the configuration writes it.
    private static string NameOf(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            text.Append(char.IsUpper(letter) && text.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
