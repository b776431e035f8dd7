using Gateway.Core.Configuration;

namespace Gateway.Host.Doctor;

/// <summary>Does a provider of a vendor we know lie where the vendor's API is?</summary>
internal sealed class BaseUrlCheck : ICheck
{
    public Task<IReadOnlyList<Finding>> RunAsync(Examination patient) => Task.FromResult<IReadOnlyList<Finding>>(
    [
        .. from provider in patient.Remote
           let known = ProviderPresets.Names.Select(name => ProviderPresets.Start("", name))
               .Where(preset => !preset.Local && preset.BaseUrl?.Host == provider.BaseUrl!.Host).ToList()
           where known.Count > 0
           select Judge(provider, known),
    ]);

    private static Finding Judge(ProviderConfig provider, List<ProviderConfig> known)
    {
        if (known.Exists(preset => PathOf(preset) == PathOf(provider) && preset.Dialect == provider.Dialect))
        {
            return new Finding("base URL", Verdict.Fine, $"{provider.Name}: {provider.BaseUrl}");
        }

        var places = known.Select(preset => $"{preset.BaseUrl!.OriginalString} ({WordOf(preset.Dialect)})").Distinct();
        return known.Exists(preset => PathOf(preset) == PathOf(provider))
            ? new Finding("base URL", Verdict.Odd, $"{provider.Name}: {provider.BaseUrl} with the dialect {WordOf(provider.Dialect)}", $"the vendor's are {string.Join(", ", places)}")
            : new Finding("base URL", Verdict.Broken, $"{provider.Name}: {provider.BaseUrl} is not where the vendor's API is", $"one of {string.Join(", ", places)}");
    }

    private static string PathOf(ProviderConfig provider) => provider.BaseUrl!.AbsolutePath.TrimEnd('/');

    private static string WordOf(Dialect dialect) => dialect switch
    {
        Dialect.OpenAi => "openai",
        Dialect.OpenAiResponses => "openai-responses",
        _ => "anthropic",
    };
}
