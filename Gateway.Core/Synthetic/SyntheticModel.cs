using System.Buffers;
using Gateway.Core.Errors;

namespace Gateway.Core.Synthetic;

/// <summary>The built-in model: in process, deterministic, without key and network. From a request's bytes to the answer's.</summary>
/// <remarks>Thread-safe. Not for the hot path: it reads the whole request as a document.</remarks>
public static class SyntheticModel
{
    /// <summary>Answers a request for a message.</summary>
    /// <param name="body">Sound JSON with the required fields.</param>
    public static SyntheticAnswer Answer(in ReadOnlySequence<byte> body)
    {
        var request = SyntheticRequest.Read(body);
        var commands = SyntheticCommands.Parse(request.Prompt);
        if (commands.Status > 0)
        {
            return Refuse(commands);
        }

        var script = SyntheticScript.Write(request, commands);
        var steps = request.Streams ? SyntheticStream.Write(request, script, commands) : [];
        return new SyntheticAnswer
        {
            IsEventStream = request.Streams,
            Steps = steps,
            Body = request.Streams ? default : SyntheticMessage.Write(request, script),
            HeadDelayMs = commands.DelayMs,
            Ending = request.Streams ? commands.Ending : SyntheticEnding.Complete,
            InputTokens = request.InputTokens,
            OutputTokens = script.OutputTokens,
            StopReason = script.StopReason,
        };
    }

    /// <summary>Answers a request for a count of tokens.</summary>
    /// <param name="body">Sound JSON with the required fields.</param>
    public static SyntheticAnswer CountTokens(in ReadOnlySequence<byte> body)
    {
        var request = SyntheticRequest.Read(body);
        var json = System.Text.Encoding.UTF8.GetBytes($$"""{"input_tokens":{{request.InputTokens}}}""");
        return new SyntheticAnswer { Body = json, InputTokens = request.InputTokens };
    }

    private static SyntheticAnswer Refuse(SyntheticCommands commands)
    {
        var body = new ArrayBufferWriter<byte>();
        AnthropicError.Write(body, AnthropicErrorTypes.FromStatus(commands.Status), "The prompt asked for this error."u8, default);
        return new SyntheticAnswer
        {
            Status = commands.Status,
            Body = body.WrittenMemory,
            HeadDelayMs = commands.DelayMs,
            RetryAfterSeconds = commands.RetryAfterSeconds,
            ShouldRetry = commands.ShouldRetry,
        };
    }
}
