using System.Runtime.InteropServices;

namespace Gateway.Core.Translation.Requests;

/// <summary>The results of one turn, each to be taken by the call it answers.</summary>
internal sealed class ToolResults(JsonTape tape)
{
    private readonly List<int> _blocks = [];
    private readonly List<ulong> _hashes = [];
    private readonly List<bool> _taken = [];
    private int _next;

    /// <summary>Gathers the results of the messages in a range of nodes.</summary>
    public void Gather(int from, int to)
    {
        _blocks.Clear();
        _hashes.Clear();
        _taken.Clear();
        _next = 0;
        for (var message = from; message < to; message = tape.Next(message))
        {
            var content = tape.Find(message, "content"u8);
            for (var block = JsonTape.First(content); block < tape.End(content); block = tape.Next(block))
            {
                if (IsResult(block))
                {
                    _blocks.Add(block);
                    _hashes.Add(Hash(tape.Text(tape.Find(block, "tool_use_id"u8))));
                    _taken.Add(false);
                }
            }
        }
    }

    /// <summary>The result of a call, which no other call gets; none if there is no such result.</summary>
    public int Take(int callId)
    {
        var hash = Hash(tape.Text(callId));

        // Results come in the order of their calls, so the next is nearly always the one.
        var found = Find(hash, callId, _next, _blocks.Count);
        found = found < 0 ? Find(hash, callId, 0, _next) : found;
        if (found < 0)
        {
            return JsonTape.None;
        }

        _taken[found] = true;
        _next = found + 1;
        return _blocks[found];
    }

    /// <summary>Whether a call took this block.</summary>
    public bool IsTaken(int block)
    {
        var at = _blocks.BinarySearch(block);
        return at >= 0 && _taken[at];
    }

    private bool IsResult(int block) => tape.Is(tape.Find(block, "type"u8), "tool_result"u8);

    private int Find(ulong hash, int callId, int from, int to)
    {
        var hashes = CollectionsMarshal.AsSpan(_hashes);
        while (from < to)
        {
            var at = hashes[from..to].IndexOf(hash);
            if (at < 0)
            {
                return -1;
            }

            at += from;
            if (!_taken[at] && tape.Raw(tape.Find(_blocks[at], "tool_use_id"u8)).SequenceEqual(tape.Raw(callId)))
            {
                return at;
            }

            from = at + 1;
        }

        return -1;
    }

    // FNV-1a: ids are short, and a false match is told by the comparison behind it.
    /// <summary>A hash of an id or a name.</summary>
    public static ulong Hash(ReadOnlySpan<byte> id)
    {
        var hash = 14_695_981_039_346_656_037;
        foreach (var letter in id)
        {
            hash = (hash ^ letter) * 1_099_511_628_211;
        }

        return hash;
    }
}
