namespace Gateway.Http.Sockets;

/// <summary>The blocks of one reactor: stacks without locks, since only its thread touches them.</summary>
/// <remarks>
/// A block once made is kept: left to the collector, those in use would keep the memory of all around them. What is not needed
/// gives its pages back to the system instead, and is used again before a new one is made.
/// </remarks>
public sealed class BlockPool
{
    // 4 MB. Beyond it blocks stay for as long as traffic keeps needing them: large bodies are as free of allocation as small ones.
    private const int KeptBlocks = 256;
    private const int PeriodMs = 10_000;

    // A system call each, so not all at once: exchanges wait meanwhile.
    private const int CooledAtOnce = 512;
    private const int CoolOnAfterMs = 20;

    private readonly Stack<Block> _free = new(KeptBlocks);
    private readonly Stack<Block> _cold = new();
    private readonly Deadline? _periodEnd;
    private readonly Deadline? _coolOn;
    private int _most;
    private int _mostBefore;
    private bool _isShort;

    /// <summary>A pool of this reactor's; without one, periods end when the caller says so.</summary>
    internal BlockPool(Reactor? reactor = null)
    {
        _periodEnd = reactor is null ? null : new Deadline(reactor, static pool => ((BlockPool)pool).EndPeriod(), this);
        _coolOn = reactor is null ? null : new Deadline(reactor, static pool => ((BlockPool)pool).Cool(), this);
    }

    /// <summary>Blocks on loan right now.</summary>
    public int RentedBlocks { get; private set; }

    /// <summary>Blocks waiting in the pool with their memory.</summary>
    public int FreeBlocks => _free.Count;

    /// <summary>Blocks waiting without memory.</summary>
    public int ColdBlocks => _cold.Count;

    /// <summary>Memory is short, or no longer: while it is, no more than the floor keeps any, whatever traffic needs at once.</summary>
    internal void SetShort(bool isShort)
    {
        _isShort = isShort;
        if (isShort)
        {
            Cool();
        }
    }

    /// <summary>Takes an empty block.</summary>
    internal Block Rent()
    {
        var block = _free.TryPop(out var pooled) || _cold.TryPop(out pooled) ? pooled : new Block();
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
        _free.Push(block);
        if (_isShort)
        {
            Cool();
        }

        if (_free.Count > KeptBlocks && _periodEnd is { IsRunning: false })
        {
            _periodEnd.Start(PeriodMs);
        }
    }

    /// <summary>Takes the memory of what neither this period nor the one before it needed.</summary>
    internal void EndPeriod()
    {
        (_mostBefore, _most) = (_most, RentedBlocks);
        Cool();
        if (_free.Count > KeptBlocks)
        {
            _periodEnd?.Start(PeriodMs);
        }
    }

    private void Cool()
    {
        var kept = _isShort ? KeptBlocks : Math.Max(KeptBlocks, Math.Max(_most, _mostBefore) - RentedBlocks);
        for (var i = 0; i < CooledAtOnce && _free.Count > kept; i++)
        {
            var block = _free.Pop();
            if (block.TryGiveBackPages())
            {
                _cold.Push(block);
            }
        }

        if (_free.Count > kept)
        {
            _coolOn?.Start(CoolOnAfterMs);
        }
    }

    // A reader that kept a slice too long sees this instead of the next request's bytes.
    [System.Diagnostics.Conditional("DEBUG")]
    private static void Poison(Block block) => block.Whole.Fill(0xDB);
}
