using System.Runtime.CompilerServices;
using Gateway.Benchmarks.Provider;
using Gateway.Http.Body;
using Gateway.Http.Sockets;
using Gateway.Http.Upstream;
using Gateway.Http.Wire;

namespace Gateway.Benchmarks.Load;

/// <summary>One client: sends a request, reads the answer by the product's own strict rules, and notes what it saw.</summary>
internal sealed class LoadConnection(Reactor reactor, UpstreamEndpoint endpoint, DnsCache dns, AnswerScript expected, Window window, Measurement measurement)
{
    private static readonly HttpLimits Limits = new() { MaxBodyBytes = 1L << 30 };

    private readonly ConnectAttempt _connect = new(reactor);
    private UpstreamConnection? _connection;
    private bool _isCut;
    private long _firstByte;
    private long _end;
    private long _events;

    /// <summary>Connects, unless it is connected; false if that is not possible.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public async ValueTask<bool> ConnectAsync()
    {
        if (_connection is not null || _isCut)
        {
            return !_isCut;
        }

        var connection = await _connect.RunAsync(endpoint, dns);
        if (connection is null)
        {
            Fail($"no connection: {_connect.Failure.Kind}");
            return false;
        }

        _connection = new UpstreamConnection(connection, endpoint, Limits);
        return true;
    }

    /// <summary>Sends a request and reads its answer.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="intended">When it was to be sent; times are counted from there.</param>
    /// <param name="countsBySending">The intended time decides whether it counts, else the end of the answer.</param>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    public async ValueTask ExchangeAsync(RequestTemplate request, long intended, bool countsBySending)
    {
        if (!await ConnectAsync())
        {
            return;
        }

        var sent = Stamp.Now();
        var fault = await RunAsync(_connection!, request);
        if (fault is not null || !_connection!.IsClean)
        {
            Drop();
        }

        if (fault is not null)
        {
            Fail(fault);
        }
        else if (window.Contains(countsBySending ? intended : _end))
        {
            measurement.AddAnswer(intended, sent, _firstByte, _end);
        }
    }

    /// <summary>Ends it, in the midst of an answer too.</summary>
    public void Cut()
    {
        _isCut = true;
        _connect.Cancel();
        _connection?.Cancel();
    }

    /// <summary>Closes the connection; another may be made.</summary>
    public void Drop()
    {
        _connection?.Close();
        _connection = null;
    }

    // Null if the answer is what was asked for.
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<string?> RunAsync(UpstreamConnection connection, RequestTemplate request)
    {
        connection.Begin();
        connection.Writer.Append(request.Bytes);
        var sending = await connection.Writer.FlushAsync();
        if (sending.IsCompleted)
        {
            return "the connection was lost while sending";
        }

        var outcome = await connection.ReadHeadAsync(requestWasHead: false);
        _firstByte = Stamp.Now();
        if (outcome != HeadOutcome.Received)
        {
            return $"no head: {outcome}";
        }

        var status = connection.Head.Status;
        connection.BeginBody();
        var body = await ReadBodyAsync(connection.Body);
        _end = Stamp.Now();
        return status != 200 ? $"status {status}"
            : body != BodyStatus.Complete ? $"body {body}"
            : expected.IsStream && _events != expected.Size ? $"{_events} events instead of {expected.Size}"
            : null;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<BodyStatus> ReadBodyAsync(BodyReader body)
    {
        var scanner = new StampScanner();
        _events = 0;
        while (true)
        {
            var status = await body.ReadAsync();
            if (expected.IsStream)
            {
                NoteEvents(body.Slices, ref scanner);
            }

            if (status != BodyStatus.More)
            {
                body.Release();
                return status;
            }
        }
    }

    private void NoteEvents(BodySlices slices, ref StampScanner scanner)
    {
        var now = Stamp.Now();
        var counts = window.Contains(now);
        foreach (var slice in slices.Items)
        {
            var bytes = slice.Span;
            while (scanner.TryFind(ref bytes, out var sent))
            {
                _events++;
                if (counts)
                {
                    measurement.AddEvent(now - sent);
                }
            }
        }
    }

    private void Fail(string what)
    {
        if (!_isCut && window.Contains(Stamp.Now()))
        {
            measurement.AddFault(what);
        }
    }
}
