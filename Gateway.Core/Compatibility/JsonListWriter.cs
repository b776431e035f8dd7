using System.Buffers;

namespace Gateway.Core.Compatibility;

/// <summary>Writes what stands between the brackets of a list or an object, with commas where they belong.</summary>
internal ref struct JsonListWriter
{
    private readonly IBufferWriter<byte> _output;

    public JsonListWriter(IBufferWriter<byte> output, ReadOnlySpan<byte> opening)
    {
        _output = output;
        IsEmpty = true;
        output.Write(opening);
    }

    /// <summary>Nothing was written yet.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Begins the next element, with as much of it as is there.</summary>
    public void Next(ReadOnlySpan<byte> element)
    {
        if (!IsEmpty)
        {
            _output.Write(","u8);
        }

        IsEmpty = false;
        _output.Write(element);
    }

    /// <summary>Ends it.</summary>
    public readonly void End(ReadOnlySpan<byte> closing) => _output.Write(closing);
}
