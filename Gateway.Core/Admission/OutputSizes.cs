using System.Numerics;

namespace Gateway.Core.Admission;

/// <summary>How long the answers of a model are: clients allow far more output than they get, and money that is reserved for it is nobody's.
/// Thread-safe, lock-free; allocates nothing.</summary>
public sealed class OutputSizes
{
    // Before there is anything to go by: longer than nineteen in twenty answers of a coding agent.
    private const int FirstGuess = 8_192;
    private const int LeastAnswers = 20;

    // Old answers count half from time to time, so that a model that changes is noticed.
    private const int MostAnswers = 4_096;
    private const int Sizes = 40;

    private readonly int[] _bySize = new int[Sizes];
    private int _answers;

    /// <summary>Notes an answer.</summary>
    /// <param name="tokens">Its output tokens.</param>
    public void Add(long tokens)
    {
        Interlocked.Increment(ref _bySize[SizeOf(tokens)]);
        if (Interlocked.Increment(ref _answers) >= MostAnswers)
        {
            Halve();
        }
    }

    /// <summary>What an answer is expected to take at most: nineteen of twenty are no longer.</summary>
    /// <param name="allowed">As many output tokens as it may have.</param>
    public long Expect(long allowed)
    {
        var answers = Volatile.Read(ref _answers);
        if (answers < LeastAnswers)
        {
            return Math.Min(allowed, FirstGuess);
        }

        long seen = 0;
        for (var size = 0; size < Sizes; size++)
        {
            seen += Volatile.Read(ref _bySize[size]);
            if (seen * 20 >= answers * 19L)
            {
                return Math.Min(allowed, LargestOf(size));
            }
        }

        return allowed;
    }

    // Half powers of two: 1, 1.5, 2, 3, 4, 6, ...
    private static int SizeOf(long tokens)
    {
        var value = (ulong)Math.Max(1, tokens);
        var power = BitOperations.Log2(value);
        var isUpperHalf = power > 0 && (value >> (power - 1) & 1) != 0;
        return Math.Min((power * 2) + (isUpperHalf ? 1 : 0), Sizes - 1);
    }

    private static long LargestOf(int size) => ((size % 2 == 0 ? 3L : 4L) << (size / 2) >> 1) is var next && next > 1 ? next : 1;

    private void Halve()
    {
        Volatile.Write(ref _answers, MostAnswers / 2);
        foreach (ref var count in _bySize.AsSpan())
        {
            Volatile.Write(ref count, Volatile.Read(ref count) / 2);
        }
    }
}
