using System.Runtime.CompilerServices;
using System.Text;
using Gateway.Core.Configuration;
using Gateway.Core.Providers;
using Gateway.Core.Snapshot;
using Gateway.Core.Synthetic;
using Gateway.Http.Server;
using Gateway.Http.Sockets;
using Gateway.Http.Upstream;

namespace Gateway.Http.Proxying;

/// <summary>The models of all providers together, in Anthropic's list shape; one model is asked of who serves it.</summary>
internal sealed class ModelsHandler(ProviderEndpoints endpoints, UpstreamPools pools, PlainRelay plain)
{
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    public async ValueTask HandleAsync(Exchange exchange, ProxyContext context, ReadOnlyMemory<byte> id)
    {
        if (id.IsEmpty)
        {
            await ListAsync(exchange, context);
            return;
        }

        var name = Uri.UnescapeDataString(Encoding.UTF8.GetString(id.Span));
        var isNamed = Find(context.Snapshot, name, out var provider, out var bare);
        context.Provider = provider;
        if (!provider.IsSynthetic && !isNamed && provider.Dialect == Dialect.Anthropic)
        {
            await plain.RelayToProviderAsync(exchange, context, GatewayPaths.PrefixLength);
            return;
        }

        if (!provider.IsSynthetic && provider.Serves(Encoding.UTF8.GetBytes(bare)))
        {
            Answer(exchange, context, ModelList.One(name, bare, provider));
            return;
        }

        var model = SyntheticModels.Find(Encoding.UTF8.GetBytes(name));
        if (model.IsEmpty)
        {
            RefusalWriter.RefuseClient(exchange, context, 404, $"The provider '{provider.Name}' has no model of this id.");
            return;
        }

        Answer(exchange, context, model.Span);
    }

    // As in a request, a model may bear its provider's name, and the list's prefix before that.
    private static bool Find(GatewaySnapshot snapshot, string name, out Provider provider, out string model)
    {
        ReadOnlySpan<byte> bare = Encoding.UTF8.GetBytes(name);
        var length = bare.Length;
        provider = RouteChoice.Likely(snapshot.Routing, ref bare);
        model = Encoding.UTF8.GetString(bare);
        return bare.Length != length;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    private async ValueTask ListAsync(Exchange exchange, ProxyContext context)
    {
        var (cursor, fault) = (ModelCursor.All, "");
        if (exchange.Response.Edge is null && !ModelCursor.TryParse(Encoding.ASCII.GetString(exchange.Request.Query), out cursor, out fault))
        {
            RefusalWriter.RefuseClient(exchange, context, 400, fault);
            return;
        }

        // All are asked at once: the client waits three seconds in all. A gateway that is its own provider asks itself no further.
        var hops = ModelHops.Of(exchange.Request.Headers);
        var fetches = context.Snapshot.Providers
            .Where(provider => !provider.IsSynthetic && hops < ModelHops.Most)
            .Select(provider => new ModelFetch(pools, endpoints.Of(provider.Target!), provider, exchange.Request.Headers))
            .ToArray();
        exchange.WhenClientLeaves(static fetches => Array.ForEach((ModelFetch[])fetches, fetch => fetch.Cancel()), fetches);
        var answers = fetches.Select(fetch => fetch.RunAsync().AsTask()).ToArray();
        var list = new ModelList();
        for (var i = 0; i < answers.Length; i++)
        {
            list.AddAnswer(await answers[i], fetches[i].Provider);
        }

        foreach (var provider in context.Snapshot.Providers)
        {
            AddConfigured(list, provider);
        }

        if (list.TryWrite(cursor, out var json, out fault))
        {
            Answer(exchange, context, json);
        }
        else
        {
            RefusalWriter.RefuseClient(exchange, context, 400, fault);
        }
    }

    private static void AddConfigured(ModelList list, Provider provider)
    {
        foreach (var model in provider.IsSynthetic ? SyntheticModels.All : [])
        {
            list.Add(model.Id, model.DisplayName);
        }

        foreach (var id in provider.ExactModels)
        {
            list.Add(id, $"{id} ({provider.Name})", provider);
        }
    }

    private static void Answer(Exchange exchange, ProxyContext context, ReadOnlySpan<byte> json)
    {
        var head = exchange.Response.BeginHead(200, default);
        head.Field("content-type"u8, "application/json"u8);
        head.Field("request-id"u8, context.RequestId);
        exchange.Response.EndHead(ref head, json.Length);
        exchange.Response.Write(json);
        exchange.Response.End();
    }
}
