using System.Globalization;

namespace Gateway.Tests.Support;

/// <summary>How much of something a test does: little in every run, as much as somebody wants who has the time.</summary>
internal static class Size
{
    /// <summary>What an environment variable says, else the usual.</summary>
    public static int Of(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? wanted : usual;
}
