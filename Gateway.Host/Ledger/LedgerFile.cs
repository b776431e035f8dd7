using System.Globalization;
using System.Runtime.InteropServices;
using Gateway.Host.Logging;

namespace Gateway.Host.Ledger;

/// <summary>The ledger's stream: a file a day, only ever appended to, synced to the disk at most once a second.</summary>
/// <param name="directory">Where the files are.</param>
/// <param name="time">The clock.</param>
/// <param name="opened">Told of each file before it is written to.</param>
internal sealed class LedgerFile(string directory, TimeProvider time, Action<SafeHandle>? opened = null) : WriteOnlyStream
{
    private const string Prefix = "usage-";
    private const string Suffix = ".jsonl";
    private const string DayFormat = "yyyy-MM-dd";

    private static readonly TimeSpan SyncEvery = TimeSpan.FromSeconds(1);

    private FileStream? _file;
    private DateOnly _day;
    private long _syncedAt;
    private bool _isDirty;

    /// <summary>The ledger's files, the oldest first.</summary>
    public static IEnumerable<string> In(string directory) =>
        Directory.Exists(directory) ? Directory.GetFiles(directory, $"{Prefix}*{Suffix}").Order(StringComparer.Ordinal) : [];

    /// <summary>The day of a file; null if it is none of the ledger's.</summary>
    public static DateOnly? DayOf(string path) =>
        DateOnly.TryParseExact(Path.GetFileName(path)[Prefix.Length..^Suffix.Length], DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    /// <inheritdoc />
    /// <exception cref="IOException">The disk did not take all of it; then the file is as it was, so that the same lines can be written again.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var file = Today();
        var before = RandomAccess.GetLength(file.SafeFileHandle);
        try
        {
            file.Write(buffer);
        }
        catch (IOException)
        {
            RandomAccess.SetLength(file.SafeFileHandle, before);
            throw;
        }

        _isDirty = true;
        if (time.GetElapsedTime(_syncedAt) >= SyncEvery)
        {
            Sync();
        }
    }

    // The writer has nothing more for now: what it wrote must not wait for the next line.
    public override void Flush() => Sync();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Sync();
            _file?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Sync()
    {
        if (_isDirty && time.GetElapsedTime(_syncedAt) >= SyncEvery)
        {
            _file!.Flush(flushToDisk: true);
            _syncedAt = time.GetTimestamp();
            _isDirty = false;
        }
    }

    private FileStream Today()
    {
        var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (_file is null || day != _day)
        {
            _file?.Dispose();
            _day = day;
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            var path = Path.Combine(directory, $"{Prefix}{day.ToString(DayFormat, CultureInfo.InvariantCulture)}{Suffix}");
            _file = new FileStream(path, options);
            opened?.Invoke(_file.SafeFileHandle);
            if (EndsWithinLine(path))
            {
                _file.Write("\n"u8);
            }
        }

        return _file;
    }

    // A machine that goes down cuts the last line; the next one must not be lost with it.
    private static bool EndsWithinLine(string path)
    {
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite);
        Span<byte> last = stackalloc byte[1];
        return RandomAccess.GetLength(file) is var length and > 0 && RandomAccess.Read(file, last, length - 1) == 1 && last[0] != (byte)'\n';
    }
}
