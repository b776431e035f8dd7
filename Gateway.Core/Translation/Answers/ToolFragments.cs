using System.Buffers;

namespace Gateway.Core.Translation.Answers;

/// <summary>Fragments of calls, as a provider sends them, to the calls they belong to. Reusable.</summary>
internal sealed class ToolFragments(AnswerFlow flow)
{
    private readonly ArrayBufferWriter<byte> _id = new(64);

    /// <summary>Takes a fragment.</summary>
    /// <param name="index">The provider's index; -1 for none.</param>
    /// <param name="position">Its place in its list.</param>
    /// <param name="id">The raw id; anything but a string is none.</param>
    /// <param name="name">The raw name; anything but a string is none.</param>
    /// <param name="arguments">The raw arguments, a piece in a string or the value itself; empty for none.</param>
    public ToolCall Take(long index, int position, ReadOnlySpan<byte> id, ReadOnlySpan<byte> name, ReadOnlySpan<byte> arguments)
    {
        _id.ResetWrittenCount();
        var high = '\0';
        JsonText.Unescape(JsonText.Content(id), _id, ref high);
        var named = JsonText.Content(name);
        var call = flow.Tools.Calls.Match(index, position, _id.WrittenSpan, !named.IsEmpty);
        if (call.Id.WrittenCount == 0)
        {
            call.Id.Write(_id.WrittenSpan);
        }

        if (call.Name.WrittenCount == 0)
        {
            JsonText.Unescape(named, call.Name, ref high);
        }

        if (!call.IsClosed && !call.IsComplete)
        {
            if (JsonText.IsObject(arguments) || JsonText.IsArray(arguments))
            {
                call.AddValue(arguments);
            }
            else
            {
                call.AddEscaped(JsonText.Content(arguments));
            }
        }

        flow.AdvanceTools(isFinal: false);
        return call;
    }

    /// <summary>Takes another piece of arguments, escaped, that comes with neither id nor name.</summary>
    public void Continue(long index, ReadOnlySpan<byte> escaped)
    {
        var call = flow.Tools.Calls.Match(index, 0, default, hasName: false);
        if (!call.IsClosed && !call.IsComplete)
        {
            call.AddEscaped(escaped);
        }

        flow.AdvanceTools(isFinal: false);
    }
}
