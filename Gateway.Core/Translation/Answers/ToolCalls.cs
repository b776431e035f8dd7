namespace Gateway.Core.Translation.Answers;

/// <summary>The calls of one answer, and which of them a fragment belongs to. Reusable.</summary>
internal sealed class ToolCalls
{
    private readonly List<ToolCall> _calls = [];

    // Hashes of the ids that the client was given: an answer with very many calls costs no more for each.
    private readonly HashSet<int> _given = [];
    private long _highest = -1;

    /// <summary>How many calls there are.</summary>
    public int Count { get; private set; }

    /// <summary>One of them, in order of appearance.</summary>
    public ToolCall this[int at] => _calls[at];

    /// <summary>Some call's arguments have begun, and are not complete.</summary>
    public bool HasUnfinished
    {
        get
        {
            var found = false;
            for (var at = 0; at < Count; at++)
            {
                found |= _calls[at].HasArguments && !_calls[at].IsComplete;
            }

            return found;
        }
    }

    /// <summary>Forgets them all.</summary>
    public void Reset()
    {
        Count = 0;
        _highest = -1;
        _given.Clear();
    }

    /// <summary>Finds the call of a fragment, or begins it.</summary>
    /// <param name="index">The provider's index; -1 for none.</param>
    /// <param name="position">The fragment's place in its list: the index of those that have none.</param>
    /// <param name="id">Its id, UTF-8; may be empty.</param>
    /// <param name="hasName">It names a tool.</param>
    public ToolCall Match(long index, int position, ReadOnlySpan<byte> id, bool hasName)
    {
        if (index < 0 && !id.IsEmpty)
        {
            return FindId(id) ?? Begin(position);
        }

        var found = FindIndex(index < 0 ? position : index);
        var isNew = found is null
            || (!id.IsEmpty && found.Id.WrittenCount > 0 && !found.Id.WrittenSpan.SequenceEqual(id))
            || (index < 0 && hasName && found.IsComplete);
        return isNew ? Begin(index < 0 ? position : index) : found!;
    }

    /// <summary>The client is given this id.</summary>
    public void Give(ReadOnlySpan<byte> clientId) => _given.Add(HashOf(clientId));

    /// <summary>Whether the client was given this id already.</summary>
    public bool Knows(ReadOnlySpan<byte> clientId, ToolCall except)
    {
        if (!_given.Contains(HashOf(clientId)))
        {
            return false;
        }

        for (var at = 0; at < Count; at++)
        {
            if (_calls[at] != except && _calls[at].IsOpened && _calls[at].ClientId.WrittenSpan.SequenceEqual(clientId))
            {
                return true;
            }
        }

        return false;
    }

    private ToolCall? FindId(ReadOnlySpan<byte> id)
    {
        for (var at = Count - 1; at >= 0; at--)
        {
            if (_calls[at].Id.WrittenSpan.SequenceEqual(id))
            {
                return _calls[at];
            }
        }

        return null;
    }

    private ToolCall? FindIndex(long index)
    {
        for (var at = Count - 1; at >= 0 && index <= _highest; at--)
        {
            if (_calls[at].Index == index)
            {
                return _calls[at];
            }
        }

        return null;
    }

    private ToolCall Begin(long index)
    {
        if (Count == _calls.Count)
        {
            _calls.Add(new ToolCall());
        }

        var call = _calls[Count++];
        call.Begin(index, Count);
        _highest = Math.Max(_highest, index);
        return call;
    }

    private static int HashOf(ReadOnlySpan<byte> id)
    {
        var hash = default(HashCode);
        hash.AddBytes(id);
        return hash.ToHashCode();
    }
}
