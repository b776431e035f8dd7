using System.Buffers.Text;
using Gateway.Core.Translation.Requests;

namespace Gateway.Core.Translation.Clients;

/// <summary>Sorts the request's members: those that are translated, those nobody here can fulfil, which refuse the request,
/// and the rest, which is left out and named.</summary>
internal static class ChatMembers
{
    /// <summary>Looks at all of them.</summary>
    public static void Check(ChatRequestContext context)
    {
        var tape = context.Tape;
        for (var member = JsonTape.Root + 1; member < tape.EndOfMembers(JsonTape.Root); member = tape.Next(member + 1))
        {
            Check(tape.Text(member), member + 1, context);
        }
    }

    private static void Check(ReadOnlySpan<byte> name, int value, ChatRequestContext context)
    {
        if (IsKnown(name) || SaysNothing(value, context.Tape))
        {
            return;
        }

        switch (name)
        {
            case var _ when name.SequenceEqual("n"u8):
                Refuse(!context.Tape.Raw(value).SequenceEqual("1"u8), "n: only one answer can be given", context);
                break;
            case var _ when name.SequenceEqual("logprobs"u8):
                context.Refuse("logprobs: are not supported");
                break;
            case var _ when name.SequenceEqual("top_logprobs"u8):
                context.Refuse("top_logprobs: are not supported");
                break;
            case var _ when name.SequenceEqual("modalities"u8):
                Refuse(!IsText(value, context.Tape), "modalities: only text is supported", context);
                break;
            case var _ when name.SequenceEqual("audio"u8):
                context.Refuse("audio: is not supported");
                break;
            default:
                context.Dropped.Add(name);
                break;
        }
    }

    private static bool IsKnown(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("model"u8) || name.SequenceEqual("messages"u8)
        || name.SequenceEqual("tools"u8) || name.SequenceEqual("tool_choice"u8) || name.SequenceEqual("parallel_tool_calls"u8)
        || name.SequenceEqual("functions"u8) || name.SequenceEqual("function_call"u8)
        || name.SequenceEqual("max_tokens"u8) || name.SequenceEqual("max_completion_tokens"u8) || name.SequenceEqual("stop"u8)
        || name.SequenceEqual("temperature"u8) || name.SequenceEqual("top_p"u8) || name.SequenceEqual("top_k"u8)
        || name.SequenceEqual("reasoning_effort"u8) || name.SequenceEqual("thinking"u8) || name.SequenceEqual("response_format"u8)
        || name.SequenceEqual("stream"u8) || name.SequenceEqual("stream_options"u8)
        || name.SequenceEqual("user"u8) || name.SequenceEqual("safety_identifier"u8) || name.SequenceEqual("cache_control"u8);

    // What a client sends as its library's default.
    private static bool SaysNothing(int value, JsonTape tape) => tape.Kind(value) switch
    {
        TapeKind.Null or TapeKind.False => true,
        TapeKind.Object or TapeKind.Array => tape.Next(value) == value + 1,
        TapeKind.Number => Utf8Parser.TryParse(tape.Raw(value), out double number, out _) && number == 0,
        TapeKind.String => !tape.HasText(value),
        _ => false,
    };

    private static bool IsText(int modalities, JsonTape tape)
    {
        var isText = tape.Kind(modalities) == TapeKind.Array;
        for (var modality = JsonTape.First(modalities); modality < tape.End(modalities); modality = tape.Next(modality))
        {
            isText &= tape.Is(modality, "text"u8);
        }

        return isText;
    }

    private static void Refuse(bool isRefused, string fault, ChatRequestContext context)
    {
        if (isRefused)
        {
            context.Refuse(fault);
        }
    }
}
