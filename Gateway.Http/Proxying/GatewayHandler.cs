using System.Runtime.CompilerServices;
using System.Text;
using Gateway.Core.Telemetry;
using Gateway.Http.Server;
using Gateway.Http.Sockets;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>From a request's path to who answers it. One per reactor.</summary>
public sealed class GatewayHandler : IRequestHandler
{
    private readonly Stack<ProxyContext> _contexts = new();
    private readonly GatewayServices _services;
    private readonly ListenerRole _role;
    private readonly RequestIds _ids;
    private readonly Func<ProxyContext> _makeContext;
    private readonly ExchangeFinish _finish;
    private readonly Admittance _admittance;
    private readonly MessagesHandler _messages;
    private readonly ChatHandler _chat;
    private readonly ModelsHandler _models;
    private readonly PlainRelay _plain;

    /// <summary>Makes the handler of one reactor.</summary>
    /// <param name="reactor">Its thread.</param>
    /// <param name="index">Its number: counters are kept by it.</param>
    /// <param name="services">What all reactors share.</param>
    /// <param name="role">What the listeners serve whose requests come here.</param>
    public GatewayHandler(Reactor reactor, int index, GatewayServices services, ListenerRole role = ListenerRole.Everything)
    {
        _role = role;
        var pools = services.PoolsFor(reactor);
        var endpoints = new ProviderEndpoints();
        _services = services;
        _ids = GatewayServices.MakeRequestIds();
        _makeContext = () => new ProxyContext(reactor, pools, _ids, services);
        _finish = new ExchangeFinish(
            services.Counters.CellsOf(index), services.Metrics, services.Metrics.Writers[index], services.Observer, services.Log);
        var failures = new FailureReport(services.Events);
        var chance = GatewayServices.MakeChance();
        var loop = new FailoverLoop(new ProviderAttempt(endpoints), new HealthFeed(services.Events, services.Metrics.Rare, chance), new FailoverCounts(services.Metrics.Rare, services.Counters.CellsOf(index)), chance);
        _admittance = new Admittance(services.Load, chance);
        _messages = new MessagesHandler(_admittance, new RouteChoice(chance), loop);
        _chat = new ChatHandler(_messages);
        _plain = new PlainRelay(endpoints, failures);
        _models = new ModelsHandler(endpoints, pools, _plain);
    }

    /// <inheritdoc />
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    public async ValueTask HandleAsync(Exchange exchange)
    {
        var context = Rent();
        _finish.Begin();
        context.Begin(exchange, _services.Snapshots.Current);
        exchange.Body.MaxBytes = context.Snapshot.MaxBodyBytes;
        exchange.WhenGivenUp(static context => ((ProxyContext)context).TimeIsUp(), context);
        if (context.Snapshot.LogsRequests)
        {
            context.Hints.Address.Read(exchange, context.Snapshot.Proxies);
        }

        try
        {
            await DispatchAsync(exchange, context);
        }
        finally
        {
            _admittance.Settle(exchange, context);
            _finish.End(exchange, context);
            Return(context);
        }
    }

    /// <inheritdoc />
    public void Refuse(Exchange exchange, RejectReason reason)
    {
        Span<byte> id = stackalloc byte[RequestIds.Length];
        _ids.Next(id);
        var status = RejectReasons.StatusOf(reason);
        _finish.CountRefusal();
        _services.Events.RequestRefused(status, reason.ToString());
        RefusalWriter.Write(exchange.Response, status, RejectReasons.TextOf(reason), id);
    }

    /// <inheritdoc />
    public void Failed(Exchange exchange, Exception exception)
    {
        _services.Events.Unexpected("exchange", exception);
        if (exchange.Response.HasStarted)
        {
            exchange.Response.Abandon();
            return;
        }

        Span<byte> id = stackalloc byte[RequestIds.Length];
        _ids.Next(id);
        RefusalWriter.Write(exchange.Response, 500, "The gateway failed; its log names the fault under this request id."u8, id);
    }

    private ProxyContext Rent() => _contexts.TryPop(out var context) ? context : _makeContext();

    private void Return(ProxyContext context) => _contexts.Push(context);

    private ValueTask DispatchAsync(Exchange exchange, ProxyContext context)
    {
        var request = exchange.Request;
        var target = GatewayPaths.Find(request.Path);
        context.Endpoint = target;
        if (!BrowserGuard.KnowsHost(exchange, context) || (IsData(target) && !MayUseData(exchange, context)))
        {
            return default;
        }

        switch (target)
        {
            case EndpointKind.Health when GatewayPaths.IsWholeServer(request.Path):
                return AnswerOptions(exchange);
            case var _ when _role == ListenerRole.Management:
                return ManageAsync(exchange, context);
            case EndpointKind.Messages or EndpointKind.CountTokens:
                return request.Method == RequestMethod.Post ? _messages.HandleAsync(exchange, context) : RefuseMethod(exchange, context, "POST"u8);
            case EndpointKind.Models:
                return request.Method is RequestMethod.Get or RequestMethod.Head
                    ? _models.HandleAsync(exchange, context, GatewayPaths.ModelOf(request.Path).ToArray())
                    : RefuseMethod(exchange, context, "GET, HEAD"u8);
            case EndpointKind.Relayed:
                return _admittance.HasRoom(exchange, context) && RelayAdmittance.TryAdmit(exchange, context)
                    ? _plain.RelayToProviderAsync(exchange, context, GatewayPaths.PrefixLength)
                    : default;
            case EndpointKind.Health when request.Method == RequestMethod.Head && GatewayPaths.IsProbe(request.Path):
                return AnswerProbe(exchange);
            default:
                return ElsewhereAsync(exchange, context);
        }
    }

    private ValueTask ElsewhereAsync(Exchange exchange, ProxyContext context)
    {
        var chat = GatewayPaths.FindChat(exchange.Request.Path, out var modelId);
        if (chat != EndpointKind.Unknown)
        {
            return ChatAsync(exchange, context, chat, Encoding.UTF8.GetString(modelId));
        }

        if (context.Snapshot.PassthroughFor(exchange.Request.Path) is { } route && !(route.TakesTheRest && IsManaged(exchange.Request.Path)))
        {
            context.Endpoint = EndpointKind.Passthrough;
            return MayUseData(exchange, context) ? _plain.RelayToRouteAsync(exchange, context, route) : default;
        }

        return ManageAsync(exchange, context);
    }

    private ValueTask ManageAsync(Exchange exchange, ProxyContext context)
    {
        if (IsManaged(exchange.Request.Path))
        {
            context.Endpoint = EndpointKind.Management;
            return BrowserGuard.MayAsk(exchange, context) ? _services.Management.AnswerAsync(exchange) : default;
        }

        context.Outcome = ExchangeOutcome.ClientFault;
        RefusalWriter.Write(
            exchange.Response,
            404,
            _role == ListenerRole.Management
                ? "Nothing answers on this path; this listener serves the management API alone."u8
                : "Nothing answers on this path; the API begins at /anthropic/v1/messages."u8,
            context.RequestId);
        return default;
    }

    private bool IsManaged(ReadOnlySpan<byte> path) =>
        _role == ListenerRole.Api ? _services.Management.IsPublic(path) : _services.Management.Owns(path);

    private ValueTask ChatAsync(Exchange exchange, ProxyContext context, EndpointKind endpoint, string modelId)
    {
        var method = exchange.Request.Method;
        context.Endpoint = endpoint;
        exchange.Response.Edge = new ChatEdge(modelId) { IsModels = endpoint == EndpointKind.Models };
        if (!MayUseData(exchange, context))
        {
            return default;
        }

        return endpoint == EndpointKind.Messages
            ? method == RequestMethod.Post ? _chat.HandleAsync(exchange, context) : RefuseMethod(exchange, context, "POST"u8)
            : method == RequestMethod.Get ? _models.HandleAsync(exchange, context, default) : RefuseMethod(exchange, context, "GET"u8);
    }

    private static bool IsData(EndpointKind target) => target is not (EndpointKind.Health or EndpointKind.Unknown);

    private static bool MayUseData(Exchange exchange, ProxyContext context) =>
        BrowserGuard.MayAsk(exchange, context) && ClientCheck.TryEnter(exchange, context) && IsNew(exchange, context);

    // Each round would hold a connection of every gateway in the circle, until none is left.
    private static bool IsNew(Exchange exchange, ProxyContext context)
    {
        if (!context.Trace.Via.HasPassed(exchange.Request.Headers))
        {
            return true;
        }

        context.Outcome = ExchangeOutcome.ClientFault;
        RefusalWriter.Write(
            exchange.Response,
            508,
            "The request came through this gateway before: a base_url leads back to it through another gateway; set it to the address of the provider itself."u8,
            context.RequestId,
            "x-should-retry"u8,
            "false"u8);
        return false;
    }

    // Claude Code's warm-up: any answer is fine, and the connection is used again.
    private static ValueTask AnswerProbe(Exchange exchange)
    {
        var head = exchange.Response.BeginHead(200, default);
        exchange.Response.EndHead(ref head, 0);
        exchange.Response.End();
        return default;
    }

    private static ValueTask AnswerOptions(Exchange exchange)
    {
        var head = exchange.Response.BeginHead(204, default);
        head.Field("allow"u8, "GET, HEAD, POST, OPTIONS"u8);
        exchange.Response.EndHead(ref head, 0);
        exchange.Response.End();
        return default;
    }

    private static ValueTask RefuseMethod(Exchange exchange, ProxyContext context, ReadOnlySpan<byte> allowed)
    {
        context.Outcome = ExchangeOutcome.ClientFault;
        RefusalWriter.Write(exchange.Response, 405, "This path does not take this method; see the field allow."u8, context.RequestId, "allow"u8, allowed);
        return default;
    }
}
