namespace Gateway.Core.Admission;

/// <summary>Places for so many at a time. Lock-free.</summary>
internal static class Places
{
    /// <summary>Takes a place if one is free; who gets none was never counted, so that it can't keep out who comes when one is.</summary>
    public static bool TryTake(ref int taken, int most)
    {
        while (Volatile.Read(ref taken) is var seen && seen < most)
        {
            if (Interlocked.CompareExchange(ref taken, seen + 1, seen) == seen)
            {
                return true;
            }
        }

        return false;
    }
}
