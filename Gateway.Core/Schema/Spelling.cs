namespace Gateway.Core.Schema;

/// <summary>Finds what was probably meant.</summary>
public static class Spelling
{
    /// <summary>The nearest of the known names, if any is near, else all of them.</summary>
    public static string Nearest(string name, IReadOnlyList<string> known)
    {
        var best = known.MinBy(candidate => Distance(name, candidate));
        return best is not null && Distance(name, best) <= Math.Max(1, name.Length / 3)
            ? $"{best} (the nearest known name)"
            : "one of " + string.Join(", ", known.Order(StringComparer.Ordinal));
    }

    /// <summary>How many letters to change, add, drop or swap with their neighbour; case does not count.</summary>
    /// <remarks>Optimal string alignment: Levenshtein's distance with transpositions, three rows.</remarks>
    internal static int Distance(string from, string to)
    {
        var older = new int[to.Length + 1];
        var old = new int[to.Length + 1];
        var current = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            (older, old, current) = (old, current, older);
            current[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var change = old[j - 1] + (Same(from[i - 1], to[j - 1]) ? 0 : 1);
                current[j] = Math.Min(change, Math.Min(old[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && Same(from[i - 1], to[j - 2]) && Same(from[i - 2], to[j - 1]))
                {
                    current[j] = Math.Min(current[j], older[j - 2] + 1);
                }
            }
        }

        return current[to.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
