using System.Text;
using Gateway.Http.Body;
using Gateway.Http.Server;
using Gateway.Http.Sockets;
using Gateway.Http.Wire;

namespace Gateway.Benchmarks.Provider;

/// <summary>Answers each request as its <see cref="AnswerScript"/> says; <c>/counts</c> tells what was done so far.</summary>
internal sealed class ScriptedHandler(Reactor reactor, AnswerBook book, ProviderBehaviour behaviour, ProviderCounts counts) : IRequestHandler
{
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

        if (script.IsStream)
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
        Span<byte> bytes = stackalloc byte[piece.Length];
        piece.Write(bytes, Stamp.Now());
        exchange.Response.Write(bytes);
    }

    private async ValueTask StreamAsync(Exchange exchange, AnswerScript script, bool asCompletion)
    {
        var pieces = book.Stream(script.Size, asCompletion);
        using var timer = script.GapMs > 0 ? new ReactorTimer(reactor) : null;
        BeginStream(exchange);
        for (var i = 0; i < pieces.Length; i++)
        {
            if (timer is not null && i > 0)
            {
                _ = await exchange.Response.FlushAsync();
                await timer.WaitAsync(script.GapMs);
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
}
