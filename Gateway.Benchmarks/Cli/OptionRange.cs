using System.CommandLine;
using System.Globalization;

namespace Gateway.Benchmarks.Cli;

/// <summary>Options that refuse what they can't mean, by name, with what was given and what is expected.</summary>
internal static class OptionRange
{
    /// <summary>Takes numbers of a range only; of several each.</summary>
    public static Option<T> Within<T>(this Option<T> option, double least, double most)
    {
        option.Validators.Add(given =>
        {
            if (!given.Implicit && given.Tokens.FirstOrDefault(token => !IsWithin(token.Value, least, most)) is { } wrong)
            {
                given.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name}: {wrong.Value} was given, {least} to {most} is expected"));
            }
        });
        return option;
    }

    /// <summary>Takes names by comma, each one of some.</summary>
    public static void Among(this Option<string[]> option, IReadOnlyList<string> names) => option.Validators.Add(given =>
    {
        foreach (var name in given.Tokens.SelectMany(static token => token.Value.Split(',')).Where(name => !names.Contains(name)))
        {
            given.AddError($"{option.Name}: {name} was given, {string.Join(", ", names)} by comma are expected");
        }
    });

    // What is no number at all is told by the parser. Not a number is in no range.
    private static bool IsWithin(string text, double least, double most) =>
        !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || (value >= least && value <= most);
}
