namespace Gateway.Core.Configuration;

/// <summary>Finds what was probably meant.</summary>
internal static class Spelling
{
    /// <summary>The nearest of the known names, if any is near, else all of them.</summary>
    public static string Nearest(string name, IReadOnlyList<string> known)
    {
        var best = known.MinBy(candidate => Distance(name, candidate));
        return best is not null && Distance(name, best) <= Math.Max(2, name.Length / 3)
            ? $"{best} (the nearest known name)"
            : "one of " + string.Join(", ", known.Order(StringComparer.Ordinal));
    }

    // Levenshtein, two rows.
    private static int Distance(string from, string to)
    {
        var previous = Enumerable.Range(0, to.Length + 1).ToArray();
        var current = new int[to.Length + 1];
        for (var i = 0; i < from.Length; i++)
        {
            current[0] = i + 1;
            for (var j = 0; j < to.Length; j++)
            {
                var replace = previous[j] + (char.ToLowerInvariant(from[i]) == char.ToLowerInvariant(to[j]) ? 0 : 1);
                current[j + 1] = Math.Min(replace, Math.Min(previous[j + 1], current[j]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[to.Length];
    }
}
