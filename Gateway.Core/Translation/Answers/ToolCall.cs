using System.Buffers;

namespace Gateway.Core.Translation.Answers;

/// <summary>One tool call as far as it came. Reused.</summary>
internal sealed class ToolCall
{
    private readonly ArrayBufferWriter<byte> _id = new(64);
    private readonly ArrayBufferWriter<byte> _name = new(64);
    private readonly ArrayBufferWriter<byte> _waiting = new(256);
    private JsonCompleteness _json;

    /// <summary>The provider's index; below 0 where it gave none.</summary>
    public int Index { get; private set; }

    /// <summary>Its block was begun.</summary>
    public bool IsOpened { get; set; }

    /// <summary>Its block was ended.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Its arguments are one whole JSON value.</summary>
    public bool IsComplete => _json.IsComplete;

    /// <summary>Arguments came for it.</summary>
    public bool HasArguments { get; private set; }

    /// <summary>The provider's id, as JSON text.</summary>
    public ReadOnlySpan<byte> Id => _id.WrittenSpan;

    /// <summary>The provider's name of the tool, as JSON text.</summary>
    public ReadOnlySpan<byte> Name => _name.WrittenSpan;

    /// <summary>Arguments that wait for the block, as JSON text.</summary>
    public ReadOnlySpan<byte> Waiting => _waiting.WrittenSpan;

    /// <summary>Begins another call.</summary>
    public void Begin(int index)
    {
        Index = index;
        IsOpened = IsClosed = HasArguments = false;
        _json = default;
        _id.ResetWrittenCount();
        _name.ResetWrittenCount();
        _waiting.ResetWrittenCount();
    }

    /// <summary>The first id and the first name count; providers repeat them.</summary>
    public void Identify(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name)
    {
        if (Id.IsEmpty)
        {
            _id.Write(id);
        }

        if (Name.IsEmpty)
        {
            _name.Write(name);
        }
    }

    /// <summary>Keeps arguments; what follows a complete value is no part of it.</summary>
    public void Keep(ReadOnlySpan<byte> arguments)
    {
        var used = _json.Feed(arguments);
        HasArguments |= used > 0;
        _waiting.Write(arguments[..used]);
    }

    /// <summary>Puts back what can't be written yet.</summary>
    public void Restore(ReadOnlySpan<byte> arguments) => _waiting.Write(arguments);

    /// <summary>What waited is written.</summary>
    public void Written() => _waiting.ResetWrittenCount();
}
