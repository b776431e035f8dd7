using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Core.Configuration;
using Gateway.Host.Import;
using Gateway.Http.Sockets;
using Gateway.Tests.Architecture;
using Gateway.Tests.Support;

namespace Gateway.Tests.Deploy;

/// <summary>Dashboard and alerts ask for nothing that a running gateway does not print.</summary>
[TestFixture]
internal sealed partial class ObservabilityTests
{
    // The scraper gives these to every series, and makes the metric itself.
    private static readonly string[] OfTheScraper = ["instance", "job"];

    private static readonly JsonElement Dashboard = JsonElement.Parse(SourceTree.Read("deploy/grafana/dashboard.json"));
    private static readonly JsonElement Alerts = Yaml("deploy/prometheus/alerts.yml");

    private readonly Dictionary<string, string> _types = [];
    private readonly Dictionary<string, HashSet<string>> _printed = new() { ["up"] = [] };

    /// <summary>A gateway that had a retry, a failover, a limit and a budget: every metric has a series.</summary>
    [OneTimeSetUp]
    public async Task ScrapeAsync()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync("""{"type":"error","error":{"type":"overloaded_error","message":"x"}}""", 529) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        await using var gateway = new TestGateway(TransportKind.Auto, $$"""
            {
              "default_provider": "first",
              "providers": {
                "first": { "base_url": "{{first.Url}}", "api_key": "a" },
                "second": { "base_url": "{{second.Url}}", "api_key": "b", "requests_per_minute": 1000, "input_usd_per_million": 1 }
              },
              "routes": [ { "targets": ["first", "second"] } ],
              "budgets": { "total": { "daily_usd": 10 } }
            }
            """);
        using var client = await gateway.ConnectAsync();
        Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(200));
        await client.AskAsync("GET /metrics");
        Read((await client.ReadAsync()).Text);
    }

    [Test]
    public void The_dashboard_asks_for_what_there_is() => Rule.Holds(
        "deploy/grafana/dashboard.json asks for metrics or labels that /metrics does not print.",
        Panels().SelectMany(panel => Targets(panel)).SelectMany(target => Faults(target.GetProperty("expr").GetString()!, Legend().Matches(target.GetProperty("legendFormat").GetString()!))));

    [Test]
    public void The_dashboards_variables_are_there_too() => Rule.Holds(
        "A variable of deploy/grafana/dashboard.json lists what /metrics does not print.",
        from variable in Dashboard.GetProperty("templating").GetProperty("list").EnumerateArray()
        where variable.GetProperty("type").GetString() == "query"
        let query = variable.GetProperty("definition").GetString()!
        let parts = LabelValues().Match(query)
        where !parts.Success || !_printed.TryGetValue(parts.Groups[1].Value, out var labels) || !labels.Contains(parts.Groups[2].Value)
        select query);

    [Test]
    public void The_dashboard_is_whole()
    {
        var panels = Panels().ToList();
        Assert.That(panels.Select(panel => panel.GetProperty("id").GetInt32()), Is.Unique);
        Assert.That(panels.Where(panel => panel.GetProperty("type").GetString() != "row" && !Targets(panel).Any()), Is.Empty);
        Assert.That(panels.Select(panel => panel.GetProperty("gridPos")).Select(at => at.GetProperty("x").GetInt32() + at.GetProperty("w").GetInt32()), Is.All.LessThanOrEqualTo(24));
    }

    [Test]
    public void The_alerts_ask_for_what_there_is() => Rule.Holds(
        "deploy/prometheus/alerts.yml asks for metrics or labels that /metrics does not print.",
        Rules().SelectMany(rule => Faults(
            rule.GetProperty("expr").GetString()!,
            rule.GetProperty("annotations").EnumerateObject().SelectMany(text => AlertLabel().Matches(text.Value.GetString()!)))));

    [Test]
    public void Each_alert_says_what_is_wrong_how_bad_it_is_and_what_to_do()
    {
        var rules = Rules().ToList();
        Assert.That(rules.Select(rule => rule.GetProperty("alert").GetString()), Is.Unique);
        foreach (var rule in rules)
        {
            Assert.That(rule.GetProperty("labels").GetProperty("severity").GetString(), Is.AnyOf("critical", "warning", "info"));
            Assert.That(rule.GetProperty("annotations").GetProperty("summary").GetString(), Is.Not.Empty);
            Assert.That(rule.GetProperty("annotations").GetProperty("description").GetString(), Is.Not.Empty);
        }
    }

    [Test]
    public void The_document_lists_every_metric_with_its_type_and_labels()
    {
        var listed = new Dictionary<string, string>();
        foreach (var row in DocumentTable.Rows("docs/observability.md", "metric"))
        {
            foreach (var metric in DocumentTable.Names(row[0]))
            {
                listed[metric] = row[1];
                var labels = _printed[metric].Concat(_printed.GetValueOrDefault($"{metric}_count", [])).ToList();
                if (labels.Count > 0)
                {
                    Assert.That(DocumentTable.Names(row[2]), Is.EquivalentTo(labels), metric);
                }
            }
        }

        Assert.That(listed, Is.EquivalentTo(_types));
    }

    [Test]
    public void The_scrape_finds_a_gateway_with_its_defaults_and_the_alerts()
    {
        var scrape = Yaml("deploy/prometheus/scrape.yml");
        var job = scrape.GetProperty("scrape_configs").EnumerateArray().Single();
        Assert.That(scrape.GetProperty("rule_files")[0].GetString(), Is.EqualTo("alerts.yml"));
        Assert.That(SourceTree.Read("deploy/prometheus/alerts.yml"), Does.Contain($"job=\"{job.GetProperty("job_name").GetString()}\""));
        Assert.That(job.GetProperty("metrics_path").GetString(), Is.EqualTo("/metrics"));
        Assert.That(job.GetProperty("static_configs")[0].GetProperty("targets")[0].GetString(), Does.EndWith($":{new ListenerConfig().Port}"));
    }

    // The page in Prometheus' text format: from each metric to the labels that its series have.
    private void Read(string page)
    {
        foreach (var line in page.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = line.StartsWith("# TYPE ", StringComparison.Ordinal) ? line.Split(' ')[2] : line[0] == '#' ? null : line.Split('{', ' ')[0];
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                _types[name!] = line.Split(' ')[3];
            }

            if (name is not null)
            {
                var labels = _printed.TryGetValue(name, out var known) ? known : _printed[name] = [];
                labels.UnionWith(line[0] == '#' ? [] : SampleLabel().Matches(line).Select(label => label.Groups[1].Value));
            }
        }
    }

    private IEnumerable<string> Faults(string expression, IEnumerable<Match> shown)
    {
        var query = new PromQuery(expression);
        if (!query.IsBalanced || query.Metrics.Count == 0)
        {
            yield return $"no query: {expression}";
        }

        foreach (var metric in query.Metrics)
        {
            if (!_printed.TryGetValue(metric, out var labels))
            {
                yield return $"{metric} in {expression}";
                continue;
            }

            var asked = query.Selected.Where(pair => pair.Metric == metric).Select(pair => pair.Label)
                .Concat(query.Grouped)
                .Concat(shown.Select(match => match.Groups[1].Value));
            foreach (var label in asked.Except(labels).Except(OfTheScraper))
            {
                yield return $"{metric} has no label {label}, in {expression}";
            }
        }
    }

    private static JsonElement.ArrayEnumerator Panels() => Dashboard.GetProperty("panels").EnumerateArray();

    private static JsonElement.ArrayEnumerator Targets(JsonElement panel) => panel.TryGetProperty("targets", out var targets) ? targets.EnumerateArray() : default;

    private static IEnumerable<JsonElement> Rules() =>
        Alerts.GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("rules").EnumerateArray());

    private static JsonElement Yaml(string path) => JsonElement.Parse(YamlTree.Read(SourceTree.Read(path))!.ToJsonString());

    [GeneratedRegex(@"(\w+)=""")]
    private static partial Regex SampleLabel();

    [GeneratedRegex(@"\{\{\s*(\w+)\s*\}\}")]
    private static partial Regex Legend();

    [GeneratedRegex(@"\$labels\.(\w+)")]
    private static partial Regex AlertLabel();

    [GeneratedRegex(@"^label_values\((\w+), (\w+)\)$")]
    private static partial Regex LabelValues();
}
