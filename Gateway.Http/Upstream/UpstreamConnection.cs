using System.Buffers;
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
    private int _headLength;
    private bool _isGivenUp;

    internal UpstreamConnection(Connection connection, UpstreamEndpoint endpoint, HttpLimits limits)
    {
        _limits = limits;
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
    public ResponseHead Head { get; } = new();

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
        for (var interim = 0; interim <= MostInterimResponses; interim++)
        {
            _boundary = HeadBoundary.ForResponse();
            var outcome = await FindHeadAsync();
            if (outcome != HeadOutcome.Received)
            {
                return outcome;
            }

            if (!TryParseHead(requestWasHead))
            {
                return HeadOutcome.Malformed;
            }

            if (Head.Status >= 200)
            {
                return HeadOutcome.Received;
            }

            Reader.Consume(_headLength);
        }

        return HeadOutcome.Malformed;
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

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<HeadOutcome> FindHeadAsync()
    {
        long searched = 0;
        while (true)
        {
            var result = await Reader.ReadAsync();
            if (result.IsCanceled)
            {
                return HeadOutcome.Canceled;
            }

            var status = Search(result.Buffer.Slice(searched), searched);
            if (status != ParseStatus.NeedMoreBytes)
            {
                return status == ParseStatus.Done ? HeadOutcome.Received : HeadOutcome.Malformed;
            }

            if (result.IsCompleted)
            {
                return HasAnswered ? HeadOutcome.Truncated : HeadOutcome.NothingReceived;
            }

            searched = result.Buffer.Length;
            Reader.ExamineAll();
        }
    }

    private ParseStatus Search(in ReadOnlySequence<byte> fresh, long offset)
    {
        foreach (var segment in fresh)
        {
            var status = _boundary.Examine(segment.Span, _limits, out var end, out _);
            if (status != ParseStatus.NeedMoreBytes)
            {
                _headLength = (int)offset + end;
                return status;
            }

            offset += segment.Length;
        }

        return ParseStatus.NeedMoreBytes;
    }

    private bool TryParseHead(bool requestWasHead)
    {
        var head = Reader.Buffer.Slice(0, _headLength);
        var contiguous = head.IsSingleSegment ? head.First : head.ToArray();

        // 101 would end HTTP on this connection; no Upgrade was sent, so it is no answer to our request.
        return Head.Parse(contiguous, requestWasHead, _limits) == RejectReason.None && Head.Status != 101;
    }
}
