using System.Buffers;
using Gateway.Core.Translation.Errors;

namespace Gateway.Core.Translation.Answers;

/// <summary>A provider's whole answer to the events a streaming client waits for. Reusable.</summary>
public sealed class MessageStreamer
{
    private readonly StreamTranslator _stream = new();
    private readonly ArrayBufferWriter<byte> _events = new(4096);

    /// <summary>A whole answer, of either dialect, that the limit of tokens left empty: for whoever must make one up.</summary>
    public static ReadOnlySpan<byte> EmptyAtLimit =>
        "{\"status\":\"incomplete\",\"output\":[],\"choices\":[{\"message\":{},\"finish_reason\":\"length\"}]}"u8;

    /// <summary>Tokens.</summary>
    public AnswerUsage Usage => _stream.Usage;

    /// <summary>Why the answer ended.</summary>
    public StopReason StopReason => _stream.StopReason;

    /// <summary>Writes the events; nothing if the answer is none, and says why.</summary>
    public AnthropicFault? Translate(ReadOnlySpan<byte> upstreamJson, AnswerContext context, IBufferWriter<byte> client)
    {
        _events.ResetWrittenCount();
        _stream.Begin(context);
        _stream.TakeWhole(upstreamJson.Trim("\uFEFF \t\r\n"u8), _events);
        if (_stream.Fault is null)
        {
            client.Write(_events.WrittenSpan);
        }

        return _stream.Fault;
    }
}
