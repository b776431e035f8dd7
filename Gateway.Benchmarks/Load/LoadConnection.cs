using System.Runtime.CompilerServices;
using Gateway.Benchmarks.Provider;
using Gateway.Http.Body;
using Gateway.Http.Sockets;
using Gateway.Http.Upstream;
using Gateway.Http.Wire;

namespace Gateway.Benchmarks.Load;

/// <summary>One client: sends a request, reads the answer by the product's own strict rules, and notes what it saw.</summary>
/// <param name="reactor">Where it belongs.</param>
/// <param name="endpoint">Who is asked.</param>
/// <param name="dns">Addresses of names.</param>
/// <param name="window">The part of the round that counts.</param>
/// <param name="measurement">Takes what it sees.</param>
/// <param name="outlivesRound">Its streams are endless: to be cut is no fault of theirs.</param>
internal sealed class LoadConnection(Reactor reactor, UpstreamEndpoint endpoint, DnsCache dns, Window window, Measurement measurement, bool outlivesRound)
{
    private static readonly HttpLimits Limits = new() { MaxBodyBytes = 1L << 30 };

    /// <summary>What is told of a request that had no answer when the round was over.</summary>
    public const string Unanswered = "not answered before the round was over";

    // One for all connections of a reactor.
    [ThreadStatic]
    private static FieldMemory? _fields;

    private readonly ConnectAttempt _connect = new(reactor);
    private UpstreamConnection? _connection;
    private bool _isCut;
    private bool _wasRetried;
    private long _firstByte;
    private long _end;
    private long _events;
    private EventEnds _ends;
    private ToldTiming _told;

    /// <summary>Sends a request and reads its answer; false if it was none, or not the one that was asked for.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="intended">When it was to be sent; times are counted from there.</param>
    /// <param name="countsBySending">The intended time decides whether it counts, else the end of the answer.</param>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public async ValueTask<bool> ExchangeAsync(RequestTemplate request, long intended, bool countsBySending)
    {
        var sent = Stamp.Now();
        _events = 0;
        var fault = await ConnectAsync() ? await RunAsync(_connection!, request) : $"no connection: {_connect.Failure.Kind}";
        _end = Stamp.Now();
        if (fault is not null || !_connection!.IsClean)
        {
            Drop();
        }

        if (fault is null && window.Contains(_end))
        {
            measurement.AddEnd();
        }

        if (fault is null && window.Contains(countsBySending ? intended : _end))
        {
            measurement.AddAnswer(intended, sent, _firstByte, _end, _wasRetried, _ends.Count, _told);
        }
        else if (fault is not null && (countsBySending ? window.Contains(intended) : CountsByEnd(sent)))
        {
            measurement.AddFault(_isCut ? Unanswered : fault);
        }

        return fault is null;
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

    // Whether the fault of a request that waited for the answer before it belongs to the round. Who hangs, or fails late, ends in no window: it is
    // enough to have had all of it, or still no answer when the round's rest was over.
    private bool CountsByEnd(long sent) =>
        !_isCut ? window.Contains(_end) || (sent < window.From && _end >= window.Until)
        : !outlivesRound || (sent < window.From && _events == 0);

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<bool> ConnectAsync()
    {
        if (_connection is not null || _isCut)
        {
            return !_isCut;
        }

        var connection = await _connect.RunAsync(endpoint, dns);
        if (connection is null)
        {
            return false;
        }

        _connection = new UpstreamConnection(connection, endpoint, _fields ??= new FieldMemory(), Limits);
        return true;
    }

    // Null if the answer is what was asked for.
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<string?> RunAsync(UpstreamConnection connection, RequestTemplate request)
    {
        connection.Begin();
        foreach (var segment in request.Segments)
        {
            connection.Writer.Append(segment);
        }

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
        _wasRetried = WasRetried(connection.Head.Headers);
        _told = ServerTiming.Of(connection.Head.Headers);
        connection.BeginBody();
        var body = await ReadBodyAsync(connection.Body, request.Answer);
        return status != 200 ? $"status {status}"
            : body != BodyStatus.Complete ? $"body {body}"
            : request.Answer.IsStream && _events != request.Answer.Size ? $"{_events} events instead of {request.Answer.Size}"
            : null;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<BodyStatus> ReadBodyAsync(BodyReader body, AnswerScript expected)
    {
        var scanner = new StampScanner();
        _ends = default;
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
            _ends.Add(bytes);
            while (scanner.TryFind(ref bytes, out var sent))
            {
                _events++;
                if (counts)
                {
                    measurement.AddEvent(sent, now);
                }
            }
        }
    }

    // The gateway tells how many providers it took.
    private static bool WasRetried(HeaderTable fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields.Name(i).SequenceEqual("x-gateway-attempts"u8))
            {
                return !fields.Value(i).SequenceEqual("1"u8);
            }
        }

        return false;
    }
}
