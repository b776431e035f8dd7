using System.Security.Cryptography;
using System.Text;
using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>From what <c>clients</c> refers to, to the hashes that keys are compared with.</summary>
internal static class ClientRules
{
    private const int ShortestKey = 16;

    /// <summary>Finds the keys, and checks what the clients name.</summary>
    public static GatewayConfig Apply(ConfigValue root, GatewayConfig config, ConfigSource source)
    {
        var place = root.Field("clients");
        var clients = config.Clients.Select(client => Resolve(place.Field(client.Name), client, source)).ToArray();
        for (var i = 0; i < clients.Length; i++)
        {
            var hash = clients[i].KeyHash;
            if (!hash.IsEmpty && Array.FindIndex(clients, other => other.KeyHash.Span.SequenceEqual(hash.Span)) < i)
            {
                place.Field(clients[i].Name).RefuseOnce("the key of another client", "a key of its own");
            }

            CheckProviders(place.Field(clients[i].Name).Field("providers"), clients[i], config);
        }

        return config with { Clients = clients };
    }

    private static ClientConfig Resolve(ConfigValue place, ClientConfig client, ConfigSource source)
    {
        var key = place.Field("key");
        if (place.HasError || key.HasError || place.Field("key_sha256").HasError)
        {
            return client;
        }

        if (client.KeyReference is null == client.KeySha256 is null)
        {
            place.RefuseOnce(client.KeySha256 is null ? "no key" : "key beside key_sha256", "one of key and key_sha256");
            return client;
        }

        if (client.KeySha256 is { } digest)
        {
            return client with { KeyHash = Convert.FromHexString(digest) };
        }

        return Find(key, client.KeyReference!, source) is { } found ? client with { KeyHash = SHA256.HashData(found) } : client;
    }

    private static byte[]? Find(ConfigValue place, SecretReference reference, ConfigSource source)
    {
        if (reference.Literal is not null && source.OthersCanRead)
        {
            place.Refuse("a key in a file that others can read", "chmod 600 for the file, a reference such as ${CLIENT_KEY}, or key_sha256");
            return null;
        }

        if (reference.RefuseOpenFile(place, source))
        {
            return null;
        }

        var value = reference.Literal is { } literal ? literal.Reveal().ToArray()
            : reference.Find(source) is { } text ? Encoding.UTF8.GetBytes(text)
            : null;
        if (value is null)
        {
            place.Refuse($"{reference}, which {reference.Missing}", $"a key in {reference.Place}");
        }
        else if (value.Length < ShortestKey || value.AsSpan().IndexOfAnyExceptInRange((byte)'!', (byte)'~') >= 0)
        {
            place.Refuse("a key that is too short, or has blanks or characters beyond ASCII", "at least 16 characters of visible ASCII");
            return null;
        }

        return value;
    }

    private static void CheckProviders(ConfigValue place, ClientConfig client, GatewayConfig config)
    {
        if (!place.IsPresent || place.HasError)
        {
            return;
        }

        string[] known = [.. config.Providers.Select(provider => provider.Name)];
        foreach (var (spot, name) in place.Items().Zip(client.Providers))
        {
            if (!known.Contains(name))
            {
                spot.RefuseOnce($"{Glimpse.Of(name)}, which is no provider", Spelling.Nearest(name, known));
            }
        }
    }
}
