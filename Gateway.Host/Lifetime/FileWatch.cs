namespace Gateway.Host.Lifetime;

/// <summary>Tells when a file has changed and then kept still for a look: whether it was written, replaced by a rename, or its link moved.</summary>
/// <remarks>It looks instead of being told: notifications miss renames of parent directories, links and network file systems.</remarks>
internal sealed class FileWatch : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private readonly string _path;
    private readonly Action _changed;
    private readonly ITimer _timer;
    private (DateTime Written, long Length) _told;
    private (DateTime Written, long Length) _seen;

    /// <summary>Begins to look.</summary>
    public FileWatch(string path, TimeProvider time, Action changed)
    {
        _path = path;
        _changed = changed;
        _told = _seen = Look();
        _timer = time.CreateTimer(static watch => ((FileWatch)watch!).Tick(), this, Every, Every);
    }

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        var now = Look();
        var isStill = now == _seen;
        _seen = now;
        if (isStill && now != _told && now != default)
        {
            _told = now;
            _changed();
        }
    }

    // A link leads to what counts; while an editor swaps the file there is none for a moment.
    private (DateTime Written, long Length) Look()
    {
        try
        {
            var file = new FileInfo(_path);
            file = file.LinkTarget is null ? file : (FileInfo)(file.ResolveLinkTarget(returnFinalTarget: true) ?? file);
            return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
