using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>What must hold for <c>otlp</c>, and where the values of its header fields come from.</summary>
internal static class OtlpRules
{
    public static ListenerConfig Apply(ConfigValue section, ListenerConfig listener, ConfigSource source)
    {
        var otlp = listener.Otlp;
        if (otlp.Endpoint is not { } endpoint)
        {
            return listener;
        }

        if (otlp.HeaderReferences.Count > 0)
        {
            BaseUrlRules.CheckPlainHttp(section, "endpoint", endpoint, "https: its headers may hold secrets");
        }

        var headers = new List<KeyValuePair<string, Secret>>();
        foreach (var (name, reference) in otlp.HeaderReferences)
        {
            if (Find(section.Field("headers").Field(name), reference!, source) is { } value)
            {
                headers.Add(new(name, value));
            }
        }

        return listener with { Otlp = otlp with { Headers = headers } };
    }

    private static Secret? Find(ConfigValue place, SecretReference reference, ConfigSource source)
    {
        if (reference.Literal is not null && source.OthersCanRead)
        {
            place.Refuse("a value in a file that others can read", "chmod 600 for the file, or a reference such as ${OTLP_TOKEN}");
            return null;
        }

        if (reference.RefuseOpenFile(place, source))
        {
            return null;
        }

        var value = reference.Literal ?? (reference.Find(source) is { } text ? new Secret(text) : null);
        if (value is null)
        {
            place.Refuse($"{reference}, which {reference.Missing}", $"a value in {reference.Place}");
        }
        else if (value.Reveal().IndexOfAnyExceptInRange((byte)' ', (byte)'~') >= 0)
        {
            place.Refuse("a value with line breaks or characters beyond ASCII", "visible ASCII and blanks");
        }

        return value;
    }
}
