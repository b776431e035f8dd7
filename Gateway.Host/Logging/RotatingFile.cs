using System.Runtime.InteropServices;

namespace Gateway.Host.Logging;

/// <summary>A file of lines that begins anew when it is full; those before it are kept as <c>NAME.1</c> (the latest), <c>NAME.2</c> and so on.</summary>
/// <remarks>One thread writes. What the disk refuses throws, after one remark for the operator; the file is then as it was, so that the same
/// lines can be written again, but for those that <see cref="PartlyWrittenException"/> says are in it. A file that somebody removed or renamed is made anew.</remarks>
/// <param name="path">Its path.</param>
/// <param name="maxBytes">Most bytes; a longer line has a file of its own.</param>
/// <param name="keep">Full files that are kept.</param>
/// <param name="tell">Takes remarks: the log itself cannot.</param>
/// <param name="opened">Told of each file before it is written to.</param>
/// <param name="isPrivate">Nobody but its owner may read it; else the group may, too.</param>
internal sealed class RotatingFile(string path, long maxBytes, int keep, Action<string> tell, Action<SafeHandle>? opened = null, bool isPrivate = false) : WriteOnlyStream
{
    private FileStream? _file;
    private volatile bool _isStale;
    private bool _isFailing;

    /// <summary>Opens it, so that what is wrong is known at the start.</summary>
    public void Open() => _ = Current();

    /// <summary>Has it opened again before the next line: a tool that rotates logs may have renamed it. Any thread.</summary>
    public void Reopen() => _isStale = true;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var taken = 0;
        try
        {
            while (taken < buffer.Length)
            {
                taken += WriteSome(buffer[taken..]);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Tell($"the file {path} takes nothing: {exception.Message.TrimEnd('.')}", isFailing: true);
            if (taken > 0)
            {
                throw new PartlyWrittenException(taken, exception);
            }

            throw;
        }

        Tell($"the file {path} takes lines again", isFailing: false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file?.Dispose();
        }

        base.Dispose(disposing);
    }

    // As many lines as fit, or none where that takes a new file first.
    private int WriteSome(ReadOnlySpan<byte> lines)
    {
        var file = Current();
        var length = RandomAccess.GetLength(file.SafeFileHandle);
        var fitting = Fitting(lines, maxBytes - length, length == 0);
        if (fitting == 0)
        {
            Rotate();
            return 0;
        }

        Write(file, lines[..fitting], length);
        return fitting;
    }

    // Whole lines only.
    private static int Fitting(ReadOnlySpan<byte> lines, long room, bool isEmpty)
    {
        if (lines.Length <= room)
        {
            return lines.Length;
        }

        var whole = lines[..(int)Math.Max(0, room)].LastIndexOf((byte)'\n') + 1;
        return whole > 0 || !isEmpty ? whole : lines.IndexOf((byte)'\n') + 1;
    }

    private static void Write(FileStream file, ReadOnlySpan<byte> lines, long before)
    {
        try
        {
            file.Write(lines);
        }
        catch (IOException) when (file.CanSeek)
        {
            RandomAccess.SetLength(file.SafeFileHandle, before);
            throw;
        }
    }

    private FileStream Current()
    {
        if (_file is not null && (_isStale || !File.Exists(path)))
        {
            _file.Dispose();
            _file = null;
        }

        if (_file is null)
        {
            _isStale = false;
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | (isPrivate ? UnixFileMode.None : UnixFileMode.GroupRead);
            }

            _file = new FileStream(path, options);
            opened?.Invoke(_file.SafeFileHandle);
        }

        return _file;
    }

    private void Rotate()
    {
        for (var number = keep; number > 0; number--)
        {
            var before = number == 1 ? path : $"{path}.{number - 1}";
            if (File.Exists(before))
            {
                File.Move(before, $"{path}.{number}", overwrite: true);
            }
        }

        _isStale = true;
    }

    private void Tell(string remark, bool isFailing)
    {
        if (_isFailing != isFailing)
        {
            _isFailing = isFailing;
            tell(remark);
        }
    }
}
