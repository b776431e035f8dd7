using System.Text;
using BenchmarkDotNet.Attributes;
using Gateway.Core.Analysis;
using Gateway.Core.Configuration;
using Gateway.Core.Randomness;
using Gateway.Core.Routing;
using Gateway.Core.Selection;
using Gateway.Core.Snapshot;

namespace Gateway.Benchmarks.Micro.Routing;

/// <summary>From a scanned request to who is asked, with 50 routes over 20 providers: the route that matches is the last.</summary>
[MemoryDiagnoser]
public class RoutingBenchmark
{
    private readonly AttemptPlan _plan = new();
    private readonly ProviderSelector _selector = new(new Chance(1));
    private readonly NoFields _fields = new();
    private readonly RequestScanner _scanner = new();
    private GatewaySnapshot _snapshot = null!;

    /// <summary>Makes the configuration and scans a request.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var providers = Enumerable.Range(0, 20).Select(i => $"\"p{i}\": {{ \"base_url\": \"https://p{i}.example\", \"auth\": \"none\" }}");
        var routes = Enumerable.Range(0, 50).Select(i =>
            $"{{ \"when\": {{ \"needs\": [\"tools\"], \"model\": [\"{(i == 49 ? "claude-*" : $"m{i}-*")}\"] }}, \"targets\": [{string.Join(',', Enumerable.Range(0, 20).Select(j => $"\"p{j}\""))}] }}");
        var config = $"{{ \"default_provider\": \"p0\", \"providers\": {{ {string.Join(',', providers)} }}, \"routes\": [ {string.Join(',', routes)} ] }}";
        var read = ConfigReader.Read(Encoding.UTF8.GetBytes(config), new ConfigSource(_ => null, OthersCanRead: false));
        _snapshot = new GatewaySnapshot(read.Config ?? throw new InvalidOperationException(string.Join('\n', read.Errors)));
        _scanner.Reset();
        _ = _scanner.Feed("""{"model":"claude-opus-5-5","max_tokens":32000,"tools":[{"name":"Bash"}],"messages":[{"role":"user","content":"x"}],"stream":true}"""u8);
        _ = _scanner.Complete();
    }

    /// <summary>The whole decision.</summary>
    [Benchmark]
    public int Route()
    {
        var traits = new RequestTraits(_scanner.Result, _fields);
        var route = _snapshot.Routing.Match(traits);
        var request = new SelectionRequest { Traits = traits, Conversation = 7, ModelHash = StableHash.Of(traits.Model), NowMs = 1 };
        _selector.Plan(route, request, _snapshot.Conversations, _plan);
        return _plan.Count;
    }

    private sealed class NoFields : IRequestFields
    {
        public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
        {
            value = default;
            return false;
        }
    }
}
