using System.Buffers;
using System.Text.Json;

namespace Gateway.Core.Synthetic;

/// <summary>Collects the events of a stream in one buffer: complete SSE text, each with its type in front.</summary>
internal sealed class EventScript : IDisposable
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<int> _ends = [];
    private readonly Utf8JsonWriter _json;

    public EventScript() => _json = new Utf8JsonWriter(_bytes, SyntheticMessage.Options);

    /// <summary>Opens an event; its members are written before <see cref="End"/>.</summary>
    public Utf8JsonWriter Begin(ReadOnlySpan<byte> type)
    {
        _bytes.Write("event: "u8);
        _bytes.Write(type);
        _bytes.Write("\ndata: "u8);
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("type"u8, type);
        return _json;
    }

    /// <summary>Closes it.</summary>
    public void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _bytes.Write("\n\n"u8);
        _ends.Add(_bytes.WrittenCount);
    }

    /// <summary>The first of the events as steps, all but the first of them after a pause.</summary>
    /// <param name="most">How many; null: all.</param>
    /// <param name="paceMs">The pause.</param>
    public List<SyntheticStep> Steps(int? most, int paceMs)
    {
        var steps = new List<SyntheticStep>(_ends.Count + 1);
        var start = 0;
        foreach (var end in _ends.Take(most ?? int.MaxValue))
        {
            steps.Add(new SyntheticStep(_bytes.WrittenMemory[start..end], steps.Count == 0 ? 0 : paceMs));
            start = end;
        }

        return steps;
    }

    public void Dispose() => _json.Dispose();
}
