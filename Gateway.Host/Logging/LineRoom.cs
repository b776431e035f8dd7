namespace Gateway.Host.Logging;

/// <summary>How many bytes may wait at once. Thread-safe, no lock.</summary>
/// <param name="most">Bytes in all.</param>
internal sealed class LineRoom(int most)
{
    private int _used;

    /// <summary>Bytes that are taken.</summary>
    public int Used => Volatile.Read(ref _used);

    /// <summary>Takes so many bytes; false if there are not as many.</summary>
    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= most)
        {
            return true;
        }

        GiveBack(bytes);
        return false;
    }

    /// <summary>Gives back what was taken.</summary>
    public void GiveBack(int bytes) => Interlocked.Add(ref _used, -bytes);
}
