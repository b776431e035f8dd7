using System.Text.Json.Nodes;
using Gateway.Core.Configuration;

namespace Gateway.Host.Import;

/// <summary>From the base URL of a provider to our preset for its vendor, or to the fields that say the same.</summary>
internal static class VendorMatch
{
    private static readonly string[] Endpoints = ["/chat/completions", "/v1/messages", "/messages", "/responses"];

    // A server of no known vendor may bear a vendor's name, whose preset would come along.
    private const string NoVendor = "-custom";

    /// <summary>A provider without key and models.</summary>
    /// <param name="name">Its name there.</param>
    /// <param name="address">Its address there, with or without the path of an endpoint.</param>
    /// <param name="models">Its models, by which a vendor's preset is chosen if there are two.</param>
    /// <param name="draft">Takes the provider.</param>
    /// <param name="fields">Its fields, to be completed.</param>
    /// <returns>The name it has with us; null if the address is none.</returns>
    public static string? Add(string name, string address, IReadOnlyList<string> models, ImportDraft draft, out JsonObject fields)
    {
        fields = [];
        name = NameOf(name);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            draft.Remark($"The provider {name} was left out: its address is no URL.");
            return null;
        }

        if (url.Query.Length > 0 || url.UserInfo.Length > 0)
        {
            draft.Remark($"The provider {name} was left out: its address has a query or credentials.");
            return null;
        }

        if (FindPreset(url, models) is { } preset)
        {
            fields["preset"] = preset;
            return draft.AddProvider(name, fields);
        }

        var dialect = DialectOf(url);
        fields["dialect"] = dialect;
        fields["base_url"] = Base(url);
        fields["auth"] = dialect == "anthropic" ? "x-api-key" : "bearer";
        if (url.Scheme == "http")
        {
            fields["local"] = true;
            if (!url.IsLoopback)
            {
                draft.Remark($"{name} is reached over plain http: \"local\": true says that the way there is safe.");
            }
        }

        return draft.AddProvider(ProviderPresets.Names.Contains(name) ? name + NoVendor : name, fields);
    }

    /// <summary>Adds a provider by the name of our preset.</summary>
    public static string AddPreset(string name, string preset, ImportDraft draft, out JsonObject fields)
    {
        fields = new JsonObject { ["preset"] = preset };
        return draft.AddProvider(NameOf(name), fields);
    }

    /// <summary>The preset takes no key.</summary>
    public static bool NeedsNoKey(JsonObject fields) =>
        fields.Text("preset") is { } preset && ProviderPresets.Start("", preset) is { SendsKey: false };

    private static string? FindPreset(Uri url, IReadOnlyList<string> models)
    {
        var found = ProviderPresets.Names.Where(name => ProviderPresets.Start("", name).BaseUrl is { } vendor && IsAt(vendor, url)).ToList();
        return found.Count > 1 && models.Count > 0 && models.All(model => model.StartsWith("gpt-4", StringComparison.Ordinal)) ? found[^1] : found.FirstOrDefault();
    }

    // With /v1 or without: clients differ in which part they add. Gemini's own API lies beside the one that we speak.
    private static bool IsAt(Uri vendor, Uri url) =>
        string.Equals(HostOf(vendor), HostOf(url), StringComparison.OrdinalIgnoreCase)
        && vendor.Port == url.Port
        && (PathOf(vendor) == PathOf(url) || PathOf(vendor) + "/v1" == PathOf(url) || PathOf(vendor) == PathOf(url) + "/v1" || vendor.Host == "generativelanguage.googleapis.com");

    private static string HostOf(Uri url) => url.IsLoopback ? "localhost" : url.Host;

    private static string PathOf(Uri url)
    {
        var path = url.AbsolutePath.TrimEnd('/');
        var endpoint = Array.Find(Endpoints, end => path.EndsWith(end, StringComparison.Ordinal));
        return endpoint is null ? path : path[..^endpoint.Length];
    }

    private static string Base(Uri url) => url.GetLeftPart(UriPartial.Authority) + PathOf(url);

    private static string DialectOf(Uri url)
    {
        var path = url.AbsolutePath.TrimEnd('/');
        return path.EndsWith("/messages", StringComparison.Ordinal) || path.EndsWith("/anthropic", StringComparison.Ordinal) ? "anthropic"
            : path.EndsWith("/responses", StringComparison.Ordinal) ? "openai-responses"
            : "openai";
    }

    private static string NameOf(string name)
    {
        var clean = string.Concat(name.Select(c => c is > ' ' and < '\x7f' and not ('/' or ',' or '"') ? c : '-'));
        return clean.Length == 0 ? "provider" : clean;
    }
}
