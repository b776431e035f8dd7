using System.Text;
using Gateway.Core.Analysis;
using Gateway.Core.Configuration;
using Gateway.Core.Providers;
using Gateway.Core.Routing;

namespace Gateway.Tests.Core.Routing;

/// <summary>Which route takes a request, against the conditions as they are written.</summary>
[TestFixture]
internal sealed class RouteMatchTests
{
    private static readonly string[] Patterns =
        ["*", "c*", "claude*", "claude-*", "claude-o*", "claude-opus-5-5", "claude-opus-5-5-long", "claude-sonnet-*", "m", "m1", "m1*", "modell\u00e4*", "12345678", "123456789*"];

    private static readonly string[] Models =
        ["", "c", "cl", "claude", "claude-", "claude-opus-5-5", "claude-opus-5-5-long", "claude-sonnet-5", "m", "m1", "m10", "modell\u00e4r", "12345678", "123456789", "1234567890"];

    [Test]
    public void The_first_route_whose_conditions_all_hold_takes_a_request()
    {
        var lots = new Random(1);
        for (var round = 0; round < 400; round++)
        {
            RouteConfig[] routes = [.. Enumerable.Range(0, 6).Select(number => new RouteConfig { Name = $"r{number}", When = DrawConditions(lots), Targets = [new TargetConfig { Provider = "p" }] })];
            var provider = new Provider(new ProviderConfig { Name = "p" });
            var table = new RoutingTable(routes, [provider], provider);
            foreach (var model in Models)
            {
                var (kind, needs, tokens) = ((RequestKind)lots.Next(5), (RequestNeeds)lots.Next(8), lots.Next(4) * 1_000);
                var expected = Array.Find(routes, route => Holds(route.When, model, kind, needs, tokens))?.Name ?? RoutingTable.DefaultName;
                var traits = new RequestTraits(Scanned, NoFields.Instance) { Model = Encoding.UTF8.GetBytes(model), Kind = kind, Needs = needs, InputTokens = tokens };
                Assert.That(table.Match(traits).Name, Is.EqualTo(expected), $"{model}, {kind}, {needs}, {tokens}");
            }
        }
    }

    private static RouteConditions DrawConditions(Random lots) => new()
    {
        Models = [.. lots.GetItems(Patterns, lots.Next(4))],
        Kinds = lots.Next(3) == 0 ? [(RequestKind)lots.Next(5), (RequestKind)lots.Next(5)] : [],
        Needs = lots.Next(3) == 0 ? [(RequestNeeds)(1 << lots.Next(3))] : [],
        MinInputTokens = lots.Next(2) * 2_000,
        MaxInputTokens = lots.Next(3) == 0 ? 2_000 : 0,
    };

    private static bool Holds(RouteConditions when, string model, RequestKind kind, RequestNeeds needs, long tokens) =>
        (when.Kinds.Count == 0 || when.Kinds.Contains(kind))
        && when.Needs.All(need => (needs & need) == need)
        && (when.Models.Count == 0 || when.Models.Any(pattern => pattern.EndsWith('*') ? model.StartsWith(pattern[..^1], StringComparison.Ordinal) : model == pattern))
        && tokens >= when.MinInputTokens
        && (when.MaxInputTokens == 0 || tokens <= when.MaxInputTokens);

    private static ScannedRequest Scanned { get; } = Scan();

    private static ScannedRequest Scan()
    {
        var scanner = new RequestScanner();
        scanner.Reset();
        _ = scanner.Feed("{\"model\":\"m\",\"messages\":[]}"u8);
        _ = scanner.Complete();
        return scanner.Result;
    }

    private sealed class NoFields : IRequestFields
    {
        public static readonly NoFields Instance = new();

        public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
        {
            value = default;
            return false;
        }
    }
}
