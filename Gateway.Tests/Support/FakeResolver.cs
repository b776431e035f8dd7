using System.Net;
using System.Net.Sockets;

namespace Gateway.Tests.Support;

/// <summary>A resolver that answers what it is told to, and remembers what it was asked.</summary>
internal sealed class FakeResolver
{
    private TaskCompletionSource<IPAddress[]>? _held;

    /// <summary>What every name stands for; null for a failure.</summary>
    public IPAddress[]? Answer { get; set; }

    /// <summary>The names looked up so far.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Makes lookups wait; the answer is given through the result.</summary>
    public TaskCompletionSource<IPAddress[]> Hold() =>
        _held = new TaskCompletionSource<IPAddress[]>(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Looks up.</summary>
    public Task<IPAddress[]> ResolveAsync(string host)
    {
        Asked.Add(host);
        return _held is not null ? _held.Task
            : Answer is null ? Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound))
            : Task.FromResult(Answer);
    }
}
