namespace Gateway.Core.Translation.Answers;

/// <summary>Writes calls one after another, however their fragments are mixed. Reusable.</summary>
internal sealed class ToolSequence(AnthropicStreamWriter writer)
{
    private AnswerContext _context = new();
    private int _next;

    /// <summary>All calls.</summary>
    public ToolCalls Calls { get; } = new();

    /// <summary>The call whose block is open.</summary>
    public ToolCall? Active { get; private set; }

    /// <summary>Characters of names and arguments that were written.</summary>
    public long Written { get; private set; }

    /// <summary>A call was written.</summary>
    public bool HasAny { get; private set; }

    /// <summary>Prepares for an answer.</summary>
    public void Begin(AnswerContext context)
    {
        _context = context;
        _next = 0;
        Active = null;
        HasAny = false;
        Written = 0;
        Calls.Reset();
    }

    /// <summary>The call to be written next, if one can be.</summary>
    /// <param name="isFinal">Everything has come: a call without a name gets one.</param>
    public ToolCall? Next(bool isFinal = false)
    {
        while (_next < Calls.Count && Calls[_next].IsOpened)
        {
            _next++;
        }

        for (var at = _next; at < Calls.Count; at++)
        {
            var call = Calls[at];
            if (!call.IsOpened && (call.Name.WrittenCount > 0 || (isFinal && MakeName(call, at))))
            {
                return call;
            }
        }

        return null;
    }

    /// <summary>Begins a call's block.</summary>
    public void Open(ToolCall call)
    {
        MakeId(call);
        Calls.Give(call.ClientId.WrittenSpan);
        var name = call.Name.WrittenSpan;
        if (_context.ToolNames is { } names && names.TryRestore(name, out var original))
        {
            name = original;
        }

        Written += name.Length;
        call.IsOpened = HasAny = true;
        Active = call;
        writer.OpenTool(call.ClientId.WrittenSpan, name);
    }

    /// <summary>Writes the active call's arguments as far as they have come.</summary>
    public void Pass(bool isFinal)
    {
        if (Active is { } call && call.Waiting.Length > 0 && call.MayPass(isFinal))
        {
            Written += call.Waiting.Length;
            writer.Delta(call.Waiting);
            call.Passed();
        }
    }

    /// <summary>Ends the active call's block.</summary>
    public void Close()
    {
        Active!.IsClosed = true;
        Active = null;
        writer.Close();
    }

    // An entry with neither id nor arguments is noise.
    private static bool MakeName(ToolCall call, int at)
    {
        if (!call.HasArguments && call.Id.WrittenCount == 0)
        {
            return false;
        }

        call.Name.GetSpan(16);
        "tool_"u8.CopyTo(call.Name.GetSpan(16));
        call.Name.Advance(5);
        at.TryFormat(call.Name.GetSpan(12), out var written);
        call.Name.Advance(written);
        return true;
    }

    private void MakeId(ToolCall call)
    {
        if (call.Id.WrittenCount == 0)
        {
            MakeUnique(call);
            return;
        }

        ProviderIds.ToClient(call.Id.WrittenSpan, call.ClientId);
        if (Calls.Knows(call.ClientId.WrittenSpan, call))
        {
            call.ClientId.ResetWrittenCount();
            MakeUnique(call);
        }
    }

    private void MakeUnique(ToolCall call)
    {
        "toolu_"u8.CopyTo(call.ClientId.GetSpan(6));
        call.ClientId.Advance(6);
        writer.WriteUnique(call.ClientId, call.Number);
    }
}
