using System.Runtime.CompilerServices;
using Gateway.Core.Providers;
using Gateway.Http.Body;
using Gateway.Http.Sockets;
using Gateway.Http.Upstream;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>Asks one provider for its models; no answer in time is no answer.</summary>
internal sealed class ModelFetch
{
    private const int TimeoutMs = 2_500;
    private const int MostBytes = 1024 * 1024;

    private readonly Provider _provider;
    private readonly HeaderTable _client;
    private readonly UpstreamLease _lease;
    private readonly UpstreamEndpoint _endpoint;
    private readonly Deadline _deadline;

    public ModelFetch(UpstreamPools pools, UpstreamEndpoint endpoint, Provider provider, HeaderTable client)
    {
        _provider = provider;
        _client = client;
        _endpoint = endpoint;
        _lease = new UpstreamLease(pools);
        _deadline = new Deadline(pools.Reactor, static lease => ((UpstreamLease)lease).Cancel(), _lease);
    }

    /// <summary>Who is asked.</summary>
    public Provider Provider => _provider;

    /// <summary>The provider's list as JSON; empty without a good answer.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public async ValueTask<byte[]> RunAsync()
    {
        _deadline.Start(TimeoutMs);
        try
        {
            return await _lease.RentAsync(_endpoint, fresh: false) ? await AskAsync(_lease.Connection!) : [];
        }
        finally
        {
            _deadline.Discard();
            _lease.Return();
        }
    }

    /// <summary>Ends the run: nobody wants the list any more.</summary>
    public void Cancel() => _lease.Cancel();

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<byte[]> AskAsync(UpstreamConnection upstream)
    {
        RequestRewriter.WriteModelsRequest(upstream.Writer, _provider, _client);
        _ = await upstream.Writer.FlushAsync();
        if (await upstream.ReadHeadAsync(requestWasHead: false) != HeadOutcome.Received || upstream.Head.Status != 200)
        {
            return [];
        }

        upstream.BeginBody();
        var json = new MemoryStream();
        var status = BodyStatus.More;
        while (status == BodyStatus.More && json.Length <= MostBytes)
        {
            status = await upstream.Body.ReadAsync();
            foreach (var slice in upstream.Body.Slices.Items)
            {
                json.Write(slice.Span);
            }
        }

        return status == BodyStatus.Complete ? json.ToArray() : [];
    }
}
