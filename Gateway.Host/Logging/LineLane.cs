namespace Gateway.Host.Logging;

/// <summary>Lines on their way from the one thread that adds them to the one that writes them out: pages that the first fills and the second empties.</summary>
/// <remarks>No lock: what a page holds is published by its length, and the last that is done to a page is to link the next one to it.
/// Adding allocates nothing while emptied pages are at hand.</remarks>
internal sealed class LineLane
{
    private const int PageBytes = 64 * 1024;

    private readonly LineRoom _room;
    private Page _filling;
    private Page _emptying;
    private int _taken;

    // Only one thread takes from this stack, so no page can leave it and come back between that one's look and its grasp.
    private Page? _emptied;

    /// <summary>A lane that needs no memory yet.</summary>
    /// <param name="room">Bytes that the lanes of a writer may hold together.</param>
    public LineLane(LineRoom room)
    {
        _room = room;
        _filling = _emptying = new Page(0);
    }

    /// <summary>Adds a line; false if there is no room for it. For the thread that adds.</summary>
    public bool TryAdd(ReadOnlySpan<byte> line)
    {
        var page = _filling;
        if (page.Bytes.Length - page.Length < line.Length)
        {
            if (!_room.TryTake(Math.Max(PageBytes, line.Length)))
            {
                return false;
            }

            page = NewPage(line.Length);
            Volatile.Write(ref _filling.Next, page);
            _filling = page;
        }

        line.CopyTo(page.Bytes.AsSpan(page.Length));
        Volatile.Write(ref page.Length, page.Length + line.Length);
        return true;
    }

    /// <summary>Whole lines that wait, as many as lie together; empty if there are none. For the thread that writes.</summary>
    public ReadOnlySpan<byte> Waiting()
    {
        while (true)
        {
            // Looked at first: a page that has a next one gets no more lines.
            var next = Volatile.Read(ref _emptying.Next);
            var length = Volatile.Read(ref _emptying.Length);
            if (length > _taken || next is null)
            {
                return _emptying.Bytes.AsSpan(_taken, length - _taken);
            }

            GiveBack(_emptying);
            (_emptying, _taken) = (next, 0);
        }
    }

    /// <summary>So many bytes of those that waited are written. For the thread that writes.</summary>
    public void Took(int count) => _taken += count;

    /// <summary>Lets go of the pages that only a busy time needed. For the thread that writes.</summary>
    public void Shrink() => Interlocked.Exchange(ref _emptied, null);

    private Page NewPage(int atLeast)
    {
        var page = atLeast > PageBytes ? null : Volatile.Read(ref _emptied);
        while (page is not null && Interlocked.CompareExchange(ref _emptied, page.Next, page) is var top && top != page)
        {
            page = top;
        }

        if (page is null)
        {
            return new Page(Math.Max(PageBytes, atLeast));
        }

        page.Next = null;
        return page;
    }

    private void GiveBack(Page page)
    {
        _room.GiveBack(page.Bytes.Length);
        if (page.Bytes.Length != PageBytes)
        {
            return;
        }

        page.Length = 0;
        do
        {
            page.Next = Volatile.Read(ref _emptied);
        }
        while (Interlocked.CompareExchange(ref _emptied, page, page.Next) != page.Next);
    }

    private sealed class Page(int size)
    {
        public readonly byte[] Bytes = new byte[size];
        public int Length;
        public Page? Next;
    }
}
