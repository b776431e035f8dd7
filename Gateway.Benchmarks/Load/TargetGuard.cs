using System.Net;

namespace Gateway.Benchmarks.Load;

/// <summary>Load on somebody else's machine is an attack: only this machine is measured unless one says that the other is one's own.</summary>
internal static class TargetGuard
{
    /// <summary>Whether it certainly leads to this machine.</summary>
    public static bool IsThisMachine(Uri target) =>
        target.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(target.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Why a target is refused; null if it may be measured.</summary>
    public static string? Refusal(Uri target, bool isOwn) =>
        target.Scheme is not ("http" or "https") ? $"{target} is no http or https URL"
        : target.PathAndQuery != "/" ? $"{target} has a path, which is not used: http://HOST:PORT is expected"
        : IsThisMachine(target) || isOwn ? null
        : $"{target} is not on this machine: say --i-own-this-target if it is yours to load";
}
