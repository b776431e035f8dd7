using System.Runtime.CompilerServices;
using Gateway.Http.Server;
using Gateway.Http.Sockets;

namespace Gateway.Http.Proxying;

/// <summary>Keeps a client company that waits for a stream: a comment every few seconds of silence, so that it does not take us for dead.</summary>
/// <remarks>Comments are part of the event stream grammar and are ignored by every reader (WHATWG HTML section 9.2.6).</remarks>
internal sealed class Patience
{
    private readonly ReactorSignal _signal = new();
    private readonly Action _pulse;
    private readonly Deadline _due;
    private Exchange? _exchange;
    private ProxyContext? _context;
    private bool _isDue;

    public Patience(Reactor reactor)
    {
        _pulse = _signal.Pulse;
        _due = new Deadline(reactor, static patience => ((Patience)patience).ComeDue(), this);
    }

    private static ReadOnlySpan<byte> Comment => ": keep-alive\n\n"u8;

    /// <summary>Begins for an exchange whose client waits for a stream.</summary>
    public void Begin(Exchange exchange, ProxyContext context)
    {
        _exchange = exchange;
        _context = context;
        _isDue = false;
        _due.Start(context.Snapshot.KeepAliveMs);
    }

    /// <summary>Ends with its exchange.</summary>
    public void End()
    {
        _due.Stop();
        _exchange = null;
        _context = null;
    }

    /// <summary>Waits for work that comes from a provider; whoever waits with us hears from us meanwhile.</summary>
    public ValueTask<T> WatchAsync<T>(ValueTask<T> work) =>
        work.IsCompleted || _exchange is null ? work : WatchSlowlyAsync(work);

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<T> WatchSlowlyAsync<T>(ValueTask<T> work)
    {
        var awaiter = work.GetAwaiter();
        awaiter.UnsafeOnCompleted(_pulse);
        while (!awaiter.IsCompleted)
        {
            if (_isDue)
            {
                await SayAsync(_exchange!, _context!);
                continue;
            }

            await _signal.WaitAsync();
        }

        // Bytes came: the silence begins anew.
        _isDue = false;
        _due.Start(_context!.Snapshot.KeepAliveMs);
        return awaiter.GetResult();
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    private async ValueTask SayAsync(Exchange exchange, ProxyContext context)
    {
        _isDue = false;
        _due.Start(context.Snapshot.KeepAliveMs);
        if (!exchange.Response.HasStarted)
        {
            AnswerHead.BeginWaiting(exchange, context);
        }

        if (context.HasRelayed && !context.Tap.AtEventBoundary)
        {
            return;
        }

        exchange.Response.Write(Comment);
        if (!await exchange.Response.FlushAsync())
        {
            context.Lease.Cancel();
        }
    }

    private void ComeDue()
    {
        _isDue = true;
        _signal.Pulse();
    }
}
