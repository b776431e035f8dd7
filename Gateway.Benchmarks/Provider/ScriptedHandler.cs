using System.Text;
using Gateway.Benchmarks.Replay;
using Gateway.Http.Body;
using Gateway.Http.Server;
using Gateway.Http.Sockets;
using Gateway.Http.Wire;

namespace Gateway.Benchmarks.Provider;

/// <summary>Answers each request as its <see cref="AnswerScript"/> says; <c>/counts</c> tells what was done so far.</summary>
internal sealed class ScriptedHandler(Reactor reactor, AnswerBook book, ProviderBehaviour behaviour, ProviderCounts counts) : IRequestHandler
{
    private const int MostOnStack = 4_096;
    private const long NanosecondsPerMillisecond = 1_000_000;

    public async ValueTask HandleAsync(Exchange exchange)
    {
        if (exchange.Request.Path.SequenceEqual("/counts"u8))
        {
            Say(exchange, 200, Encoding.UTF8.GetBytes($"{counts.Requests} {counts.Events} {counts.Faults}"), "text/plain"u8);
            return;
        }

        var script = FindScript(exchange.Request.Headers);
        var asCompletion = exchange.Request.Path.EndsWith("/chat/completions"u8);
        var status = BodyStatus.More;
        while (status == BodyStatus.More)
        {
            status = await exchange.Body.StreamAsync();
        }

        if (status != BodyStatus.Complete)
        {
            exchange.Response.Abandon();
            return;
        }

        var isStruck = behaviour.Faults.Strikes(counts.CountRequest());
        if (isStruck && await FailAsync(exchange))
        {
            return;
        }

        if (script.Number > 0 && book.Exchange(script.Number) is { } recorded)
        {
            await ReplayAsync(exchange, recorded, script.Number);
        }
        else if (script.IsStream)
        {
            await StreamAsync(exchange, script, asCompletion);
        }
        else
        {
            Say(exchange, 200, book.Json(script.Size), "application/json"u8);
        }
    }

    public void Refuse(Exchange exchange, RejectReason reason) => Say(exchange, 400, "malformed"u8, "text/plain"u8);

    public void Failed(Exchange exchange, Exception exception) => Environment.FailFast("The scripted provider has a bug.", exception);

    // False if the answer comes all the same, only late.
    private async ValueTask<bool> FailAsync(Exchange exchange)
    {
        counts.CountFault();
        switch (behaviour.Faults.Fault)
        {
            case ProviderFault.Close:
                exchange.Response.Abandon(reset: true);
                return true;
            case ProviderFault.Overloaded:
                Say(exchange, 529, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"""u8, "application/json"u8);
                return true;
            default:
                using (var timer = new ReactorTimer(reactor))
                {
                    await timer.WaitAsync(FaultPlan.LateMs);
                }

                return false;
        }
    }

    // A gateway that translates sends none of the client's fields on.
    private AnswerScript FindScript(HeaderTable fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (Ascii.EqualsIgnoreCase(fields.Name(i), AnswerScript.FieldName))
            {
                return AnswerScript.TryParse(fields.Value(i), out var script) ? script : behaviour.Answer;
            }
        }

        return behaviour.Answer;
    }

    private static void Say(Exchange exchange, int status, ReadOnlySpan<byte> body, ReadOnlySpan<byte> type)
    {
        var head = exchange.Response.BeginHead(status, default);
        head.Field("content-type"u8, type);
        exchange.Response.EndHead(ref head, body.Length);
        exchange.Response.Write(body);
        exchange.Response.End();
    }

    private static void BeginStream(Exchange exchange)
    {
        var head = exchange.Response.BeginHead(200, default);
        head.Field("content-type"u8, "text/event-stream; charset=utf-8"u8);
        head.Field("cache-control"u8, "no-cache"u8);
        exchange.Response.EndHead(ref head, -1);
    }

    private static void Write(Exchange exchange, StampedPiece piece)
    {
        var bytes = piece.Length <= MostOnStack ? stackalloc byte[piece.Length] : new byte[piece.Length];
        piece.Write(bytes, Stamp.Now());
        exchange.Response.Write(bytes);
    }

    private async ValueTask StreamAsync(Exchange exchange, AnswerScript script, bool asCompletion)
    {
        var pieces = book.Stream(script.Size, asCompletion);
        using var timer = script.GapMs > 0 ? new ReactorTimer(reactor) : null;
        BeginStream(exchange);
        var due = Stamp.Now();
        for (var i = 0; i < pieces.Length; i++)
        {
            if (timer is not null && i > 0)
            {
                // Each at its instant: a timer that is late delays one piece and not all that follow.
                _ = await exchange.Response.FlushAsync();
                due += script.GapMs * NanosecondsPerMillisecond;
                await WaitUntilAsync(timer, due);
            }

            if (exchange.ClientHasLeft)
            {
                exchange.Response.Abandon();
                return;
            }

            Write(exchange, pieces[i]);
        }

        counts.CountEvents(pieces.Length);
        exchange.Response.End();
    }

    // Each piece at its instant, counted from the request.
    private async ValueTask ReplayAsync(Exchange exchange, RecordedExchange recorded, int number)
    {
        using var timer = new ReactorTimer(reactor);
        var due = Stamp.Now();
        if (!recorded.IsStream)
        {
            await WaitUntilAsync(timer, due + book.Played(recorded.Microseconds));
            Say(exchange, 200, book.Json(Math.Max(1, recorded.AnswerBytes)), "application/json"u8);
            return;
        }

        var pieces = book.Recorded(number);
        for (var i = 0; i < pieces.Length && !exchange.ClientHasLeft; i++)
        {
            due += book.Played(recorded.Pieces[i].GapMicroseconds);
            if (due > Stamp.Now())
            {
                _ = i == 0 || await exchange.Response.FlushAsync();
                await WaitUntilAsync(timer, due);
            }

            if (i == 0)
            {
                BeginStream(exchange);
            }

            Write(exchange, pieces[i]);
        }

        counts.CountEvents(pieces.Length);
        if (exchange.ClientHasLeft)
        {
            exchange.Response.Abandon();
        }
        else
        {
            exchange.Response.End();
        }
    }

    private static async ValueTask WaitUntilAsync(ReactorTimer timer, long due)
    {
        if (due - Stamp.Now() is > 0 and var left)
        {
            await timer.WaitAsync((int)((left + NanosecondsPerMillisecond - 1) / NanosecondsPerMillisecond));
        }
    }
}
