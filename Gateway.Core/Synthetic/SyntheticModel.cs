using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.Core.Errors;

namespace Gateway.Core.Synthetic;

/// <summary>The built-in model: in process, deterministic, without key and network. From a request's bytes to the answer's.</summary>
/// <remarks>Thread-safe and never throws. Not for the hot path: it reads the whole request as a document.</remarks>
public static class SyntheticModel
{
    /// <summary>Answers a request for a message, streaming or not as the body asks.</summary>
    /// <param name="body">JSON with the required fields; anything else is answered with 400.</param>
    public static SyntheticAnswer Answer(in ReadOnlySequence<byte> body)
    {
        if (TryRead(body) is not { } request)
        {
            return NotJson();
        }

        if (request.Commands.Failure is { } failure)
        {
            return Refuse(failure, request.Commands.DelayMs);
        }

        var script = SyntheticScript.Write(request);
        var commands = request.Commands;
        return new SyntheticAnswer
        {
            IsEventStream = request.Streams,
            Steps = request.Streams ? SyntheticStream.Write(request, script) : [],
            Body = request.Streams ? default : SyntheticMessage.Write(request, script),
            HeadDelayMs = commands.DelayMs,
            Ending = request.Streams ? commands.Ending : SyntheticEnding.Complete,
            InputTokens = request.Prompt.Uncached,
            CacheWriteTokens = request.Prompt.Written,
            CacheReadTokens = request.Prompt.Read,
            OutputTokens = script.OutputTokens,
            StopReason = script.StopReason,
        };
    }

    /// <summary>Answers a request for a count of tokens: an estimate, rather high than low.</summary>
    /// <param name="body">JSON with the required fields; anything else is answered with 400.</param>
    public static SyntheticAnswer CountTokens(in ReadOnlySequence<byte> body)
    {
        if (TryRead(body) is not { } request)
        {
            return NotJson();
        }

        var json = Encoding.UTF8.GetBytes($$"""{"input_tokens":{{request.Prompt.Total}}}""");
        return new SyntheticAnswer { Body = json, InputTokens = request.Prompt.Total };
    }

    private static SyntheticRequest? TryRead(in ReadOnlySequence<byte> body)
    {
        try
        {
            return SyntheticRequest.Read(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SyntheticAnswer NotJson() => Refuse(new ScriptedFailure(400, null, null, "The body is not valid JSON."), 0);

    private static SyntheticAnswer Refuse(ScriptedFailure failure, int delayMs)
    {
        var body = new ArrayBufferWriter<byte>();
        AnthropicError.Write(body, AnthropicErrorTypes.FromStatus(failure.Status), Encoding.UTF8.GetBytes(failure.Message), default);
        return new SyntheticAnswer
        {
            Status = failure.Status,
            Body = body.WrittenMemory,
            HeadDelayMs = delayMs,
            RetryAfterSeconds = failure.RetryAfterSeconds,
            ShouldRetry = failure.ShouldRetry,
        };
    }
}
