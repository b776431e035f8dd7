using System.Net;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Service;

/// <summary>Clients that connect, ask, read the whole answer and leave, over and over, until they are told to stop.</summary>
internal sealed class SteadyLoad
{
    private const int Clients = 8;

    private readonly IPEndPoint _gateway;
    private readonly Task[] _clients;
    private readonly Mailbox<bool> _served = new();
    private volatile bool _isOver;
    private int _count;

    /// <summary>Begins.</summary>
    public SteadyLoad(IPEndPoint gateway)
    {
        _gateway = gateway;
        _clients = [.. Enumerable.Range(0, Clients).Select(_ => RunAsync())];
    }

    /// <summary>Waits until so many more were served.</summary>
    public async Task ServedAsync(int count)
    {
        while (count-- > 0)
        {
            // A client that failed has nothing more to say.
            var next = _served.TakeAsync();
            await await Task.WhenAny([next, .. _clients]);
            await next;
        }
    }

    /// <summary>Ends it; how many were served. Fails if a single one was not.</summary>
    public async Task<int> StopAsync()
    {
        _isOver = true;
        await Task.WhenAll(_clients).Soon();
        return _count;
    }

    private async Task RunAsync()
    {
        while (!_isOver)
        {
            using var client = await RawClient.ConnectAsync(_gateway);
            var response = await client.PostAsync(Samples.Request);
            Assert.That((response.Status, response.IsWhole), Is.EqualTo((200, true)));
            Interlocked.Increment(ref _count);
            _served.Add(true);
        }
    }
}
