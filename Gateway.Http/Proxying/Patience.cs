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

    public Patience(Reactor reactor)
    {
        _pulse = _signal.Pulse;
        _due = new Deadline(reactor, static patience => ((Patience)patience).ComeDue(), this);
    }

    /// <summary>The client is due to hear from us: <see cref="SayAsync"/>.</summary>
    public bool IsDue { get; private set; }

    private static ReadOnlySpan<byte> Comment => ": keep-alive\n\n"u8;

    /// <summary>Begins for an exchange whose client waits for a stream.</summary>
    public void Begin(Exchange exchange, ProxyContext context)
    {
        _exchange = exchange;
        _context = context;
        IsDue = false;
        _due.Start(context.Snapshot.KeepAliveMs);
    }

    /// <summary>Ends with its exchange.</summary>
    public void End()
    {
        _due.Stop();
        IsDue = false;
        _exchange = null;
        _context = null;
    }

    /// <summary>Waits for a provider: for a place, a connection, a pause to end, or its bytes; whoever waits with us hears from us meanwhile.</summary>
    public ValueTask<T> WatchAsync<T>(ValueTask<T> work) =>
        work.IsCompleted || _exchange is null ? work : WatchSlowlyAsync(work);

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<T> WatchSlowlyAsync<T>(ValueTask<T> work)
    {
        var awaiter = work.GetAwaiter();
        awaiter.UnsafeOnCompleted(_pulse);
        while (!awaiter.IsCompleted)
        {
            if (IsDue)
            {
                await SayAsync();
                continue;
            }

            await _signal.WaitAsync();
        }

        // What came ends the client's silence only if it is passed on, and not if it is kept back.
        if (_context!.HasRelayed)
        {
            Hear();
        }

        return awaiter.GetResult();
    }

    /// <summary>Bytes came from the provider: the silence begins anew.</summary>
    public void Hear()
    {
        IsDue = false;
        if (_context is { } context)
        {
            _due.Start(context.Snapshot.KeepAliveMs);
        }
    }

    /// <summary>Tells the client that we are still there.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    public async ValueTask SayAsync()
    {
        var (exchange, context) = (_exchange!, _context!);
        Hear();
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
        IsDue = true;
        _signal.Pulse();
        _context?.Lease.Connection?.WakeReader();
    }
}
