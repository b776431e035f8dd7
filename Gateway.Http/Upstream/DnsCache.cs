using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Gateway.Http.Upstream;

/// <summary>Addresses of names, for all reactors. Lookups run elsewhere; while they fail, the old addresses stay good.</summary>
/// <remarks>Thread-safe. It grows with the names of the configuration only.</remarks>
/// <param name="time">The clock of the process.</param>
/// <param name="resolve">Looks a name up; the system's resolver if null.</param>
public sealed class DnsCache(TimeProvider time, Func<string, Task<IPAddress[]>>? resolve = null)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    // After a failed lookup the old addresses serve this long before the next one.
    private static readonly TimeSpan Respite = TimeSpan.FromSeconds(5);

    private static readonly IPAddress[] OwnMachine = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    private readonly Func<string, Task<IPAddress[]>> _resolve = resolve ?? Dns.GetHostAddressesAsync;
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Lazy<Task<IPAddress[]>>> _lookUps = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Addresses that are at hand and fresh; those of literals and of localhost (RFC 6761 section 6.3) always are.</summary>
    internal bool TryGet(string host, out IPAddress[] addresses)
    {
        if (_entries.TryGetValue(host, out var entry) && entry.IsFresh(time))
        {
            addresses = entry.Addresses;
            return true;
        }

        addresses = KnownWithoutAsking(host);
        if (addresses.Length > 0)
        {
            _entries[host] = new Entry(addresses, 0, Timeout.InfiniteTimeSpan);
        }

        return addresses.Length > 0;
    }

    /// <summary>The addresses of last time, however old; empty if there never were any.</summary>
    internal IPAddress[] Remembered(string host) => _entries.TryGetValue(host, out var entry) ? entry.Addresses : [];

    /// <summary>Looks a name up, once for all who ask meanwhile. Never fails: then it is what is <see cref="Remembered"/>.</summary>
    /// <remarks>May end on any thread.</remarks>
    internal Task<IPAddress[]> LookUpAsync(string host) =>
        _lookUps.GetOrAdd(host, static (name, cache) => new Lazy<Task<IPAddress[]>>(() => cache.RunAsync(name)), this).Value;

    private static IPAddress[] KnownWithoutAsking(string host) =>
        IPAddress.TryParse(host, out var literal) ? [literal]
        : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? OwnMachine
        : [];

    private async Task<IPAddress[]> RunAsync(string host)
    {
        try
        {
            var addresses = Interleave(await _resolve(host).ConfigureAwait(false));
            if (addresses.Length > 0)
            {
                _entries[host] = new Entry(addresses, time.GetTimestamp(), Lifetime);
                return addresses;
            }
        }
        catch (Exception)
        {
            // A resolver fails in many ways; all mean that there is no new answer.
        }
        finally
        {
            _lookUps.TryRemove(host, out _);
        }

        var old = Remembered(host);
        if (old.Length > 0)
        {
            _entries[host] = new Entry(old, time.GetTimestamp(), Respite);
        }

        return old;
    }

    // RFC 8305 section 4: the families take turns, so that one broken family costs one attempt, not all.
    // The system's resolver has sorted them (RFC 6724): its first address stays first.
    private static IPAddress[] Interleave(IPAddress[] addresses)
    {
        var usable = addresses.Where(static a => a.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6);
        var families = usable.GroupBy(static a => a.AddressFamily).Select(static family => family.ToArray()).ToArray();
        return [.. Enumerable.Range(0, addresses.Length).SelectMany(i => families.SelectMany(family => family.Skip(i).Take(1)))];
    }

    /// <summary>What a name stood for, and how long that is good from when on.</summary>
    private sealed record Entry(IPAddress[] Addresses, long Since, TimeSpan Lifetime)
    {
        public bool IsFresh(TimeProvider time) =>
            Lifetime == Timeout.InfiniteTimeSpan || time.GetElapsedTime(Since) < Lifetime;
    }
}
