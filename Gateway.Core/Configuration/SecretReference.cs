using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>What <c>api_key</c> says: where the key is, or the key itself. Prints without the key.</summary>
public sealed class SecretReference
{
    private const string FilePrefix = "file:";
    private const string CredentialPrefix = "credential:";

    // systemd.exec(5), "LoadCredential": where the service manager puts them.
    private const string CredentialsDirectory = "CREDENTIALS_DIRECTORY";

    private readonly string _name;

    private SecretReference(string name, Secret? literal) => (_name, Literal) = (name, literal);

    /// <summary>The key, where it stands in the file.</summary>
    public Secret? Literal { get; }

    /// <summary>Where the key is expected, in words.</summary>
    public string Place =>
        _name.StartsWith(FilePrefix, StringComparison.Ordinal) ? $"the file {_name[FilePrefix.Length..]}"
        : _name.StartsWith(CredentialPrefix, StringComparison.Ordinal) ? $"the systemd credential {_name[CredentialPrefix.Length..]}"
        : $"the environment variable {_name}";

    /// <summary>What is wrong when it leads to nothing: a word on the place.</summary>
    public string Missing => _name.Contains(':') ? "holds no key" : "is not set";

    internal static ConfigKind<SecretReference?> Kind { get; } = new SecretKind();

    /// <summary>Reads what is written; null for a reference of no known form.</summary>
    public static SecretReference? Parse(string text)
    {
        if (!text.Contains("${", StringComparison.Ordinal))
        {
            return text.Length > 0 ? new SecretReference("", new Secret(text)) : null;
        }

        return text is ['$', '{', .. var name, '}'] && IsName(name) ? new SecretReference(name, null) : null;
    }

    /// <summary>Refuses a file that others than its owner can read or write; whether it did.</summary>
    /// <remarks>Not a credential's, which systemd makes: it lets the service in by an access control list, and the mode shows that.</remarks>
    internal bool RefuseOpenFile(ConfigValue place, ConfigSource source)
    {
        var isOpen = _name.StartsWith(FilePrefix, StringComparison.Ordinal) && source.AudienceOf(_name[FilePrefix.Length..]) > FileAudience.Owner;
        if (isOpen)
        {
            place.RefuseOnce($"{this}, which others can read", $"a file for its owner alone: chmod 600 {_name[FilePrefix.Length..]}");
        }

        return isOpen;
    }

    /// <summary>What stands where it leads to; null if there is nothing. An empty variable is a missing one: shells and containers pass
    /// empty ones on for unset ones.</summary>
    public string? Find(ConfigSource source)
    {
        var value = Literal is not null ? null
            : _name.StartsWith(FilePrefix, StringComparison.Ordinal) ? source.ReadSecretFile(_name[FilePrefix.Length..])
            : _name.StartsWith(CredentialPrefix, StringComparison.Ordinal) ? FindCredential(source, _name[CredentialPrefix.Length..])
            : source.Environment(_name);
        return string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>The reference as written, or three stars for a key.</summary>
    public override string ToString() => Literal is not null ? "***" : $"${{{_name}}}";

    private static string? FindCredential(ConfigSource source, string name) =>
        source.Environment(CredentialsDirectory) is { Length: > 0 } directory ? source.ReadSecretFile(Path.Combine(directory, name)) : null;

    private static bool IsName(string name) =>
        name.StartsWith(FilePrefix, StringComparison.Ordinal) ? Path.IsPathFullyQualified(name[FilePrefix.Length..]) && !name.Contains('\0')
        : name.StartsWith(CredentialPrefix, StringComparison.Ordinal) ? IsCredential(name[CredentialPrefix.Length..])
        : IsVariable(name);

    // A file name: what leads to another directory is none.
    private static bool IsCredential(string name) =>
        name.Length is > 0 and <= 255 && name is not ("." or "..") && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    // POSIX.1-2024, Base Definitions 8.1: names of environment variables.
    private static bool IsVariable(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
