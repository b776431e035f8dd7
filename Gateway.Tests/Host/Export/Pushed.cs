using System.Globalization;
using System.Text.Json;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Export;

/// <summary>What a collector was pushed, read as the protocol says.</summary>
internal static class Pushed
{
    /// <summary>All spans so far, in order.</summary>
    public static JsonElement[] Spans(ScriptedProvider collector) => [.. Items(collector, "/v1/traces", "resourceSpans", "scopeSpans", "spans")];

    /// <summary>All metrics so far, in order.</summary>
    public static JsonElement[] Metrics(ScriptedProvider collector) => [.. Items(collector, "/v1/metrics", "resourceMetrics", "scopeMetrics", "metrics")];

    /// <summary>An attribute's value as text; null without it.</summary>
    public static string? Attribute(JsonElement owner, string key) =>
        owner.GetProperty("attributes").EnumerateArray()
            .Where(attribute => attribute.GetProperty("key").GetString() == key)
            .Select(attribute => attribute.GetProperty("value").EnumerateObject().Single().Value.ToString())
            .SingleOrDefault();

    /// <summary>A member's text.</summary>
    public static string? Text(this JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>A 64-bit number, which OTLP writes as a string.</summary>
    public static long Long(this JsonElement element, string name) => long.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static IEnumerable<JsonElement> Items(ScriptedProvider collector, string path, string resources, string scopes, string items)
    {
        foreach (var request in collector.Requests.Where(request => request.Head.FirstLine == $"POST {path} HTTP/1.1"))
        {
            Assert.That(request.Head["content-type"], Is.EqualTo("application/json"));
            var resource = JsonElement.Parse(request.Body).GetProperty(resources).EnumerateArray().Single();
            Assert.That(Attribute(resource.GetProperty("resource"), "service.name"), Is.EqualTo("claude-gateway"));
            Assert.That(Attribute(resource.GetProperty("resource"), "service.version"), Is.Not.Empty);
            foreach (var item in resource.GetProperty(scopes).EnumerateArray().Single().GetProperty(items).EnumerateArray())
            {
                yield return item;
            }
        }
    }
}
