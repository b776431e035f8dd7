using System.Buffers;

namespace Gateway.Core.Translation.Answers;

/// <summary>Why the model stopped: the provider's word, and what it is called on the other side.</summary>
internal sealed class StopNotice
{
    private readonly ArrayBufferWriter<byte> _reason = new(16);
    private readonly ArrayBufferWriter<byte> _sequence = new(16);

    /// <summary>The provider gave a reason.</summary>
    public bool IsKnown => _reason.WrittenCount > 0;

    /// <summary>The reason is a failure.</summary>
    public bool IsError => _reason.WrittenSpan.SequenceEqual("error"u8) || _reason.WrittenSpan.SequenceEqual("network_error"u8);

    /// <summary>It ran out of tokens.</summary>
    public bool IsLength => _reason.WrittenSpan.SequenceEqual("length"u8) || _reason.WrittenSpan.SequenceEqual("max_tokens"u8)
        || _reason.WrittenSpan.SequenceEqual("max_output_tokens"u8);

    /// <summary>The stop sequence that was hit, as JSON text.</summary>
    public ReadOnlySpan<byte> Sequence => _sequence.WrittenSpan;

    /// <summary>Forgets the last answer.</summary>
    public void Begin()
    {
        _reason.ResetWrittenCount();
        _sequence.ResetWrittenCount();
    }

    /// <summary>The provider's reason; some say it twice.</summary>
    public void Note(ReadOnlySpan<byte> reason)
    {
        if (!reason.IsEmpty)
        {
            _reason.ResetWrittenCount();
            _reason.Write(reason);
        }
    }

    /// <summary>The stop sequence, as JSON text.</summary>
    public void NoteSequence(ReadOnlySpan<byte> sequence)
    {
        if (!sequence.IsEmpty)
        {
            _sequence.ResetWrittenCount();
            _sequence.Write(sequence);
        }
    }

    /// <summary>The stop_reason: it follows what was said, not only what the provider calls it.</summary>
    /// <param name="hasTool">A tool was called.</param>
    /// <param name="isRefused">Words of refusal came.</param>
    public ReadOnlySpan<byte> Reason(bool hasTool, bool isRefused)
    {
        var reason = _reason.WrittenSpan;
        return IsLength ? "max_tokens"u8
            : isRefused || reason.SequenceEqual("content_filter"u8) || reason.SequenceEqual("sensitive"u8) ? "refusal"u8
            : reason.SequenceEqual("model_context_window_exceeded"u8) ? "model_context_window_exceeded"u8
            : hasTool ? "tool_use"u8
            : !Sequence.IsEmpty ? "stop_sequence"u8
            : "end_turn"u8;
    }
}
