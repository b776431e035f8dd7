using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Gateway.Http.Body;
using Gateway.Http.Sockets;
using Gateway.Http.Wire;

namespace Gateway.Http.Upstream;

/// <summary>One connection to a provider: send a request, read the head of the response, then its body.</summary>
public sealed class UpstreamConnection
{
    private const int MostInterimResponses = 8;

    private readonly HttpLimits _limits;
    private HeadBoundary _boundary;
    private long _searched;
    private int _headLength;
    private int _interims;
    private bool _isGivenUp;

    internal UpstreamConnection(Connection connection, UpstreamEndpoint endpoint, FieldMemory fields, HttpLimits limits)
    {
        _limits = limits;
        Head = new ResponseHead(fields);
        Connection = connection;
        Endpoint = endpoint;
        Reader = new ConnectionReader(connection);
        Writer = new ConnectionWriter(connection);
        Body = new BodyReader(Reader);
        MadeAtMs = connection.Reactor.NowMs;
    }

    /// <summary>What it leads to.</summary>
    public UpstreamEndpoint Endpoint { get; }

    /// <summary>It has carried an exchange before: if it dies now without a byte, the provider may just have closed it.</summary>
    public bool IsReused { get; internal set; }

    /// <summary>Where the request is written.</summary>
    public ConnectionWriter Writer { get; }

    /// <summary>Head of the final response; its fields can be read until <see cref="BeginBody"/>.</summary>
    public ResponseHead Head { get; }

    /// <summary>Body of the response.</summary>
    public BodyReader Body { get; }

    /// <summary>Any byte of a response to the current request has come.</summary>
    public bool HasAnswered => Reader.TotalReceived > ReceivedBefore;

    /// <summary>It may carry another exchange: the response is whole, nothing follows it, and both sides keep the connection.</summary>
    public bool IsClean => Body.IsComplete && Head.Status != 0 && Head.KeepAlive && Reader.Length == 0
        && !Reader.HasEnded && !Writer.IsLost && Writer.UnflushedBytes == 0 && !Connection.IsClosed && IsQuiet;

    /// <summary>Nothing came that nobody asked for: neither bytes nor an end.</summary>
    internal bool IsQuiet => !Connection.IsReadable || !Reader.TryReceive();

    internal Connection Connection { get; }

    internal UpstreamPool? Pool { get; init; }

    internal ConnectionReader Reader { get; }

    internal long MadeAtMs { get; }

    internal long IdleSinceMs { get; set; }

    private long ReceivedBefore { get; set; }

    /// <summary>Ends whatever waits on it: the client left, or time is up.</summary>
    public void Cancel() => Connection.Close();

    /// <summary>Makes whoever waits for its bytes look around.</summary>
    internal void WakeReader() => Connection.WakeReader();

    /// <summary>Forgets the previous exchange.</summary>
    internal void Begin()
    {
        ReceivedBefore = Reader.TotalReceived;
        Head.Reset();
        Reader.ForgetCancellation();
    }

    /// <summary>Waits for the head of the final response; interim ones (RFC 9110 section 15.2) are read away.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public async ValueTask<HeadOutcome> ReadHeadAsync(bool requestWasHead)
    {
        _interims = 0;
        BeginSearch();
        while (true)
        {
            ReadResult result;
            while (!Reader.TryReadNow(out result))
            {
                await Reader.WaitAsync();
            }

            if (result.IsCanceled)
            {
                return HeadOutcome.Canceled;
            }

            if (TryTakeHead(result, requestWasHead, out var outcome))
            {
                return outcome;
            }
        }
    }

    /// <summary>Leaves the head behind: its memory is given back, the body comes next.</summary>
    public void BeginBody()
    {
        Reader.Consume(_headLength);
        Body.Begin(Head.Framing, _limits);
    }

    internal void Close()
    {
        if (!_isGivenUp)
        {
            _isGivenUp = true;
            Pool?.NoteClosed();
        }

        Connection.Close();
        Writer.Complete();
        Body.Release();
        Reader.Complete();
    }

    private void BeginSearch()
    {
        _boundary = HeadBoundary.ForResponse();
        _searched = 0;
    }

    // False: there is more to come, of this head or behind one that was interim.
    private bool TryTakeHead(in ReadResult result, bool requestWasHead, out HeadOutcome outcome)
    {
        var status = _boundary.Examine(result.Buffer.Slice(_searched), _limits, out var end, out _);
        if (status == ParseStatus.NeedMoreBytes)
        {
            outcome = HasAnswered ? HeadOutcome.Truncated : HeadOutcome.NothingReceived;
            _searched = result.Buffer.Length;
            Reader.ExamineAll();
            return result.IsCompleted;
        }

        _headLength = (int)_searched + end;
        outcome = status == ParseStatus.Rejected || !TryParseHead(requestWasHead) ? HeadOutcome.Malformed : HeadOutcome.Received;
        if (outcome == HeadOutcome.Malformed || Head.Status >= 200)
        {
            return true;
        }

        Reader.Consume(_headLength);
        BeginSearch();

        // Only the final response is an answer: a connection that dies before it has given none.
        ReceivedBefore = Reader.TotalReceived - Reader.Length;
        outcome = HeadOutcome.Malformed;
        return ++_interims > MostInterimResponses;
    }

    private bool TryParseHead(bool requestWasHead)
    {
        // 101 would end HTTP on this connection; no Upgrade was sent, so it is no answer to our request.
        return Head.Parse(HeadBytes.Of(Reader.Buffer, _headLength), requestWasHead, _limits) == RejectReason.None && Head.Status != 101;
    }
}
