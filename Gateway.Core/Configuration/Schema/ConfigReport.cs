namespace Gateway.Core.Configuration.Schema;

/// <summary>Gathers what is found while a file is read, so that the operator learns of everything at once.</summary>
/// <param name="text">The file.</param>
/// <param name="source">What surrounds it.</param>
/// <param name="result">Where the findings go.</param>
internal sealed class ConfigReport(ReadOnlyMemory<byte> text, ConfigSource source, ConfigResult result)
{
    public ConfigSource Source => source;

    public ConfigResult Result => result;

    /// <summary>Where a piece of the file begins; 0 for what is no piece of it.</summary>
    public int OffsetOf(ReadOnlySpan<byte> piece) => text.Span.Overlaps(piece, out var offset) ? offset : 0;

    public bool HasErrorAt(string path) => result.Errors.Exists(error => error.Path == path);

    public void Refuse(string path, int offset, string found, string expected)
    {
        var before = text.Span[..offset];
        result.Errors.Add(new ConfigError(path, found, expected)
        {
            File = source.File,
            Line = before.Count((byte)'\n') + 1,
            Column = offset - before.LastIndexOf((byte)'\n'),
        });
    }
}
