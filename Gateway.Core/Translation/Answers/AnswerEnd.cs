using System.Buffers;
using Gateway.Core.Translation.Errors;

namespace Gateway.Core.Translation.Answers;

/// <summary>How an answer ends, as far as the provider has said. Reusable.</summary>
internal sealed class AnswerEnd
{
    private char _high;

    /// <summary>The reason; None while unknown.</summary>
    public StopReason Reason { get; set; }

    /// <summary>The stop sequence that was met.</summary>
    public ArrayBufferWriter<byte> StopSequence { get; } = new(32);

    /// <summary>The words of a refusal.</summary>
    public ArrayBufferWriter<byte> Refusal { get; } = new(256);

    /// <summary>What the provider counted.</summary>
    public AnswerUsage Usage { get; set; }

    /// <summary>It has counted.</summary>
    public bool HasUsage { get; set; }

    /// <summary>It says nothing more.</summary>
    public bool IsTerminal { get; set; }

    /// <summary>It failed.</summary>
    public AnthropicFault? Fault { get; set; }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        Reason = StopReason.None;
        StopSequence.ResetWrittenCount();
        Refusal.ResetWrittenCount();
        Usage = default;
        HasUsage = IsTerminal = false;
        Fault = null;
        _high = '\0';
    }

    /// <summary>Takes a piece of a refusal, escaped.</summary>
    public void Refuse(ReadOnlySpan<byte> escaped) => JsonText.Unescape(escaped, Refusal, ref _high);

    /// <summary>Takes a usage object.</summary>
    public bool TakeUsage(ReadOnlySpan<byte> usage)
    {
        if (!JsonText.IsObject(usage) || !UsageReader.TryRead(usage, out var counted))
        {
            return false;
        }

        Usage = counted;
        return HasUsage = true;
    }
}
