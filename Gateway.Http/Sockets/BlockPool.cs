namespace Gateway.Http.Sockets;

/// <summary>The blocks of one reactor: a stack without locks, since only its thread touches it.</summary>
public sealed class BlockPool
{
    // 4 MB. Beyond it blocks stay for as long as traffic keeps needing them: large bodies are as free of allocation as small ones.
    private const int KeptBlocks = 256;
    private const int PeriodMs = 10_000;

    private readonly Stack<Block> _free = new(KeptBlocks);
    private readonly Deadline? _periodEnd;
    private int _most;
    private int _mostBefore;
    private bool _isShort;

    /// <summary>A pool of this reactor's; without one, periods end when the caller says so.</summary>
    internal BlockPool(Reactor? reactor = null) =>
        _periodEnd = reactor is null ? null : new Deadline(reactor, static pool => ((BlockPool)pool).EndPeriod(), this);

    /// <summary>Blocks on loan right now.</summary>
    public int RentedBlocks { get; private set; }

    /// <summary>Blocks waiting in the pool.</summary>
    public int FreeBlocks => _free.Count;

    /// <summary>Memory is short, or no longer: while it is, no more than the floor waits, whatever traffic needs at once.</summary>
    internal void SetShort(bool isShort)
    {
        _isShort = isShort;
        while (isShort && _free.Count > KeptBlocks)
        {
            _free.Pop();
        }
    }

    /// <summary>Takes an empty block.</summary>
    internal Block Rent()
    {
        var block = _free.TryPop(out var pooled) ? pooled : new Block();
        block.IsRented = true;
        _most = Math.Max(_most, ++RentedBlocks);
        return block;
    }

    /// <summary>Gives a block back; its bytes are gone from then on.</summary>
    internal void Return(Block block)
    {
        if (!block.IsRented)
        {
            throw new InvalidOperationException("A block was returned twice.");
        }

        block.IsRented = false;
        RentedBlocks--;
        block.Clear();
        Poison(block);
        if (_free.Count < KeptBlocks || (!_isShort && _free.Count + RentedBlocks < WantedBlocks))
        {
            _free.Push(block);
        }

        if (_free.Count > KeptBlocks && _periodEnd is { IsRunning: false })
        {
            _periodEnd.Start(PeriodMs);
        }
    }

    /// <summary>Gives the collector what neither this period nor the one before it needed.</summary>
    internal void EndPeriod()
    {
        (_mostBefore, _most) = (_most, RentedBlocks);
        while (_free.Count > KeptBlocks && _free.Count + RentedBlocks > WantedBlocks)
        {
            _free.Pop();
        }

        if (_free.Count > KeptBlocks)
        {
            _periodEnd?.Start(PeriodMs);
        }
    }

    private int WantedBlocks => Math.Max(_most, _mostBefore);

    // A reader that kept a slice too long sees this instead of the next request's bytes.
    [System.Diagnostics.Conditional("DEBUG")]
    private static void Poison(Block block) => block.Whole.Fill(0xDB);
}
