namespace Gateway.Core.Translation.Requests;

/// <summary>The results of one turn, each to be taken by the call it answers.</summary>
internal sealed class ToolResults(JsonTape tape)
{
    private const int NoMore = -1;

    private readonly List<Result> _results = [];

    // By the id's hash the first result that no call took yet.
    private readonly Dictionary<ulong, int> _first = [];

    private record struct Result(int Block, ulong Id, int NextOfSameId, bool IsTaken);

    /// <summary>Gathers the results of the messages in a range of nodes.</summary>
    public void Gather(int from, int to)
    {
        _results.Clear();
        _first.Clear();
        for (var message = from; message < to; message = tape.Next(message))
        {
            var content = tape.Find(message, "content"u8);
            for (var block = JsonTape.First(content); block < tape.End(content); block = tape.Next(block))
            {
                if (tape.Is(tape.Find(block, "type"u8), "tool_result"u8))
                {
                    _results.Add(new Result(block, Hash(tape.Text(tape.Find(block, "tool_use_id"u8))), NoMore, false));
                }
            }
        }

        for (var at = _results.Count - 1; at >= 0; at--)
        {
            var id = _results[at].Id;
            _results[at] = _results[at] with { NextOfSameId = _first.GetValueOrDefault(id, NoMore) };
            _first[id] = at;
        }
    }

    /// <summary>The result of a call, which no other call gets; none if there is no such result.</summary>
    public int Take(int callId)
    {
        var id = Hash(tape.Text(callId));
        var at = _first.GetValueOrDefault(id, NoMore);
        if (at == NoMore || !IsFor(_results[at].Block, callId))
        {
            return JsonTape.None;
        }

        _first[id] = _results[at].NextOfSameId;
        _results[at] = _results[at] with { IsTaken = true };
        return _results[at].Block;
    }

    /// <summary>Whether a call took this block.</summary>
    public bool IsTaken(int block)
    {
        var (low, high) = (0, _results.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_results[middle].Block == block)
            {
                return _results[middle].IsTaken;
            }

            (low, high) = _results[middle].Block < block ? (middle + 1, high) : (low, middle - 1);
        }

        return false;
    }

    /// <summary>FNV-1a of an id or a name: short texts, and who finds one by it compares the text as well.</summary>
    public static ulong Hash(ReadOnlySpan<byte> text)
    {
        var hash = 14_695_981_039_346_656_037;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 1_099_511_628_211;
        }

        return hash;
    }

    private bool IsFor(int block, int callId) =>
        tape.Escaped(tape.Find(block, "tool_use_id"u8)).SequenceEqual(tape.Escaped(callId));
}
