namespace Gateway.Core.Configuration;

/// <summary>Reads <c>api_key</c>: a reference to an environment variable, or the key itself where nobody else can read the file.</summary>
internal static class KeyReader
{
    public static Secret? Read(ConfigObject json, string name, bool isDefault, ref bool isEnabled, ConfigSource source, ConfigResult result)
    {
        var text = json.Text("api_key");
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (!text.StartsWith("${", StringComparison.Ordinal))
        {
            return Literal(json, text, source, result);
        }

        if (!text.EndsWith('}') || text.Length < 4)
        {
            json.Report("api_key", "a reference without its end", "${NAME_OF_A_VARIABLE}");
            return null;
        }

        var variable = text[2..^1];
        if (source.Environment(variable) is { Length: > 0 } value)
        {
            return Checked(json, value);
        }

        return Missing(json, name, variable, isDefault, ref isEnabled, result);
    }

    private static Secret? Literal(ConfigObject json, string text, ConfigSource source, ConfigResult result)
    {
        if (source.OthersCanRead)
        {
            json.Report("api_key", "a key in a file that others can read", "chmod 600 for the file, or a reference such as ${PROVIDER_API_KEY}");
            return null;
        }

        result.Warnings.Add($"{json.Path}.api_key holds the key itself; a reference such as ${{PROVIDER_API_KEY}} keeps it out of the file");
        return Checked(json, text);
    }

    // It becomes a field value: a line break in it would be a second field.
    private static Secret? Checked(ConfigObject json, string value)
    {
        if (value.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0)
        {
            return new Secret(value);
        }

        json.Report("api_key", "a key with spaces, line breaks or characters beyond ASCII", "the key alone");
        return null;
    }

    // The provider that answers by default must work; another one without its key just takes no part.
    private static Secret? Missing(ConfigObject json, string name, string variable, bool isDefault, ref bool isEnabled, ConfigResult result)
    {
        if (isDefault)
        {
            json.Report("api_key", $"${{{variable}}}, which is not set", $"the environment variable {variable}");
        }
        else if (isEnabled)
        {
            isEnabled = false;
            result.SwitchedOff.Add(new(name, $"the environment variable {variable} is not set"));
        }

        return null;
    }
}
