namespace Gateway.Http.Sockets;

/// <summary>The blocks of one reactor: a stack without locks, since only its thread touches it.</summary>
public sealed class BlockPool
{
    // What a burst of large bodies needed is given back to the collector, down to this floor (4 MB).
    private const int KeptBlocks = 256;

    private readonly Stack<Block> _free = new(KeptBlocks);

    /// <summary>Blocks on loan right now.</summary>
    public int RentedBlocks { get; private set; }

    /// <summary>Blocks waiting in the pool.</summary>
    public int FreeBlocks => _free.Count;

    /// <summary>Gives the waiting blocks to the collector.</summary>
    internal void Trim() => _free.Clear();

    /// <summary>Takes an empty block.</summary>
    internal Block Rent()
    {
        var block = _free.TryPop(out var pooled) ? pooled : new Block();
        block.IsRented = true;
        RentedBlocks++;
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
        if (_free.Count < KeptBlocks)
        {
            _free.Push(block);
        }
    }

    // A reader that kept a slice too long sees this instead of the next request's bytes.
    [System.Diagnostics.Conditional("DEBUG")]
    private static void Poison(Block block) => block.Whole.Fill(0xDB);
}
