namespace Gateway.Benchmarks.Results;

/// <summary>A run: where, when and how it was made, and what it gave.</summary>
internal sealed record LoadResult
{
    /// <summary>Version of this form; a reader refuses others.</summary>
    public const int CurrentForm = 1;

    /// <summary>Version of this form.</summary>
    public required int Form { get; init; }

    /// <summary>When the run began, UTC.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The command line.</summary>
    public required string Command { get; init; }

    /// <summary>Where it ran.</summary>
    public required Machine Machine { get; init; }

    /// <summary>Who was measured, and in which version.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>What was measured.</summary>
    public required IReadOnlyList<Series> Series { get; init; }
}
