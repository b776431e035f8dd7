using Gateway.Http.Sockets;

namespace Gateway.Http.Server;

/// <summary>How much all bodies that are kept may take together: a burst of large ones is refused before it takes the memory that streams need.</summary>
/// <remarks>Shared by all reactors. A body that fits into a block is not counted: the block is there for its head anyway.</remarks>
/// <param name="most">Bytes.</param>
public sealed class BodyRoom(long most)
{
    private long _taken;

    /// <summary>Bytes that are taken.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Bytes that are left.</summary>
    public long Left => Math.Max(0, most - Taken);

    /// <summary>Takes room for so many bytes more of a body that has taken some already; a yes must be given back.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="held">What the body has taken before.</param>
    public bool TryTake(long bytes, long held)
    {
        if (held + bytes <= Block.Size)
        {
            return true;
        }

        var wanted = bytes + (held <= Block.Size ? held : 0);
        while (Volatile.Read(ref _taken) is var seen && seen + wanted <= most)
        {
            if (Interlocked.CompareExchange(ref _taken, seen + wanted, seen) == seen)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gives back all that a body has taken.</summary>
    public void GiveBack(long held)
    {
        if (held > Block.Size)
        {
            Interlocked.Add(ref _taken, -held);
        }
    }
}
