using Gateway.Core.Schema;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields of one entry of <c>clients</c>.</summary>
internal static class ClientFields
{
    private static readonly ConfigKind<string?> Digest = new TextKind<string>(
        "the SHA-256 of a key: 64 hexadecimal digits", text => text.Length == 64 && text.All(char.IsAsciiHexDigit) ? text : null, text => text);

    public static ConfigTable<ClientConfig> Table { get; } = new()
    {
        { "key", SecretReference.Kind, c => c.KeyReference, (c, v) => c with { KeyReference = v },
            "Its key, of at least 16 characters: `${NAME}` takes it from the environment. Sent as `x-api-key`, `authorization: Bearer` or `x-gateway-key`." },
        { "key_sha256", Digest, c => c.KeySha256, (c, v) => c with { KeySha256 = v },
            "Instead of `key`: what `printf %s KEY | sha256sum` prints." },
        { "models", new ListKind<string>(ModelNameRules.PatternKind!), c => c.Models, (c, v) => c with { Models = v },
            "The models it may ask for; without a list all." },
        { "providers", new ListKind<string>(Word!), c => c.Providers, (c, v) => c with { Providers = v },
            "The providers that may serve it; without a list all." },
        { LimitFields.All<ClientConfig>(c => c.Limits, (c, v) => c with { Limits = v }, "get 429") },
        { "expires", new DateKind(), c => c.Expires, (c, v) => c with { Expires = v },
            "From then on its key is refused; a day counts to its end, in UTC." },
    };
}
