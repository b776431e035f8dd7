using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Gateway.Http.Upstream;

/// <summary>Addresses of names, for all reactors. Lookups run elsewhere; while they fail, the old addresses stay good.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class DnsCache(TimeProvider time, Func<string, Task<IPAddress[]>>? resolve = null)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly Func<string, Task<IPAddress[]>> _resolve = resolve ?? Dns.GetHostAddressesAsync;

    /// <summary>Addresses that are at hand and fresh; literals always are.</summary>
    internal bool TryGet(string host, out IPAddress[] addresses)
    {
        if (_entries.TryGetValue(host, out var entry) && (entry.IsLiteral || time.GetElapsedTime(entry.At) < Lifetime))
        {
            addresses = entry.Addresses;
            return true;
        }

        if (IPAddress.TryParse(host, out var literal))
        {
            addresses = [literal];
            _entries[host] = new Entry(addresses, 0, IsLiteral: true);
            return true;
        }

        addresses = [];
        return false;
    }

    /// <summary>Looks a name up, one lookup at a time per name; empty if it has no address and never had one.</summary>
    internal Task<IPAddress[]> LookUpAsync(string host)
    {
        var pending = _pending.GetOrAdd(host, static (name, cache) => new Lazy<Task<IPAddress[]>>(() => cache.RunAsync(name)), this);
        return pending.Value;
    }

    private readonly ConcurrentDictionary<string, Lazy<Task<IPAddress[]>>> _pending = new(StringComparer.OrdinalIgnoreCase);

    private async Task<IPAddress[]> RunAsync(string host)
    {
        try
        {
            var addresses = Interleave(await _resolve(host).ConfigureAwait(false));
            if (addresses.Length > 0)
            {
                _entries[host] = new Entry(addresses, time.GetTimestamp(), IsLiteral: false);
                return addresses;
            }
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            // Told below: by old addresses, or by none.
        }
        finally
        {
            _pending.TryRemove(host, out _);
        }

        return _entries.TryGetValue(host, out var old) ? old.Addresses : [];
    }

    // RFC 8305 section 4: the families take turns, so that one broken family costs one attempt, not all.
    private static IPAddress[] Interleave(IPAddress[] addresses)
    {
        var six = addresses.Where(address => address.AddressFamily == AddressFamily.InterNetworkV6).ToArray();
        var four = addresses.Where(address => address.AddressFamily == AddressFamily.InterNetwork).ToArray();
        var mixed = new List<IPAddress>(addresses.Length);
        for (var i = 0; i < Math.Max(six.Length, four.Length); i++)
        {
            mixed.AddRange(six.Skip(i).Take(1));
            mixed.AddRange(four.Skip(i).Take(1));
        }

        return [.. mixed];
    }

    private sealed record Entry(IPAddress[] Addresses, long At, bool IsLiteral);
}
