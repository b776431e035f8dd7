namespace Gateway.Core.Schema;

/// <summary>Gathers what is found while a file is read, so that the operator learns of everything at once.</summary>
/// <param name="file">The file, as messages name it.</param>
/// <param name="text">What stands in it.</param>
internal sealed class ConfigReport(string file, ReadOnlyMemory<byte> text)
{
    private readonly List<ConfigError> _errors = [];

    /// <summary>What is wrong, in the order of the file.</summary>
    public IEnumerable<ConfigError> Errors => _errors.OrderBy(error => error.Line).ThenBy(error => error.Column);

    /// <summary>What is odd but serves.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Where a piece of the file begins; 0 for what is no piece of it.</summary>
    public int OffsetOf(ReadOnlySpan<byte> piece) => text.Span.Overlaps(piece, out var offset) ? offset : 0;

    public bool HasErrorAt(string path) => _errors.Exists(error => error.Path == path);

    /// <summary>Adds an error that lies in no file, or whose place is known.</summary>
    public void Refuse(ConfigError error) => _errors.Add(error);

    /// <summary>Adds an error at a place in the file.</summary>
    public void Refuse(string path, int offset, string found, string expected)
    {
        var before = text.Span[..offset];
        Refuse(new ConfigError(path, found, expected)
        {
            File = file,
            Line = before.Count((byte)'\n') + 1,
            Column = offset - before.LastIndexOf((byte)'\n'),
        });
    }
}
