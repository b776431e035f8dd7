namespace Gateway.Http.Proxying;

/// <summary>Which page of the models is wanted.</summary>
/// <remarks>Anthropic's API reference, "List models": limit, after_id and before_id. OpenAI's list has no pages.</remarks>
/// <param name="Limit">Most entries of the page.</param>
/// <param name="After">The page begins behind this id.</param>
/// <param name="Before">The page ends before this id.</param>
internal readonly record struct ModelCursor(int Limit, string? After, string? Before)
{
    private const int MostEntries = 1_000;
    private const int UsualEntries = 20;

    /// <summary>All at once.</summary>
    public static ModelCursor All => new(int.MaxValue, null, null);

    /// <summary>Reads a query; what else is in it does not count. False, and what is wrong, if it asks for no page.</summary>
    public static bool TryParse(string query, out ModelCursor cursor, out string fault)
    {
        cursor = new ModelCursor(UsualEntries, null, null);
        fault = "";
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = pair.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = cut < 0 ? (pair, "") : (pair[..cut], Uri.UnescapeDataString(pair[(cut + 1)..]));
            switch (name)
            {
                case "limit" when int.TryParse(value, out var limit) && limit is >= 1 and <= MostEntries:
                    cursor = cursor with { Limit = limit };
                    break;
                case "limit":
                    fault = $"limit: an integer from 1 to {MostEntries} is expected.";
                    return false;
                case "after_id":
                    cursor = cursor with { After = value };
                    break;
                case "before_id":
                    cursor = cursor with { Before = value };
                    break;
            }
        }

        return true;
    }

    /// <summary>The page among the ids of all entries; false, and what is wrong, where an id is not among them.</summary>
    public bool TryFind(IReadOnlyList<string> ids, out (int First, int End) page, out string fault)
    {
        var (after, before) = (IndexOf(ids, After), IndexOf(ids, Before));
        var first = After is null ? 0 : after + 1;
        var end = Before is null ? ids.Count : before;
        fault = After is not null && after < 0 ? "after_id: no model of the list has this id."
            : Before is not null && before < 0 ? "before_id: no model of the list has this id."
            : "";

        // Backwards the page lies right before the id, forwards right behind it.
        var isBackwards = Before is not null && After is null;
        page = isBackwards ? (Math.Max(0, end - Limit), end) : (first, Math.Max(first, (int)Math.Min(end, (long)first + Limit)));
        return fault.Length == 0;
    }

    /// <summary>More entries lie beyond the page, in the direction that is asked for.</summary>
    public bool HasMore((int First, int End) page, int count) =>
        Before is not null && After is null ? page.First > 0 : page.End < count;

    private static int IndexOf(IReadOnlyList<string> ids, string? id)
    {
        for (var i = 0; i < ids.Count; i++)
        {
            if (ids[i] == id)
            {
                return i;
            }
        }

        return -1;
    }
}
