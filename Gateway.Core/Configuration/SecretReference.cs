using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>What <c>api_key</c> says: where the key is, or the key itself. Prints without the key.</summary>
public sealed class SecretReference
{
    private SecretReference(string? variable, Secret? literal) => (Variable, Literal) = (variable, literal);

    /// <summary>The environment variable that holds the key.</summary>
    public string? Variable { get; }

    /// <summary>The key, where it stands in the file.</summary>
    public Secret? Literal { get; }

    internal static ConfigKind<SecretReference?> Kind { get; } =
        new TextKind<SecretReference>("a reference such as ${PROVIDER_API_KEY}, the name of an environment variable", Parse, reference => reference.ToString());

    /// <summary>Reads what is written; null for a reference of no known form.</summary>
    public static SecretReference? Parse(string text)
    {
        if (!text.Contains("${", StringComparison.Ordinal))
        {
            return text.Length > 0 ? new SecretReference(null, new Secret(text)) : null;
        }

        return text is ['$', '{', .. var name, '}'] && IsVariable(name) ? new SecretReference(name, null) : null;
    }

    /// <summary>The reference as written, or three stars for a key.</summary>
    public override string ToString() => Variable is null ? "***" : $"${{{Variable}}}";

    // POSIX.1-2024, Base Definitions 8.1: names of environment variables.
    private static bool IsVariable(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
