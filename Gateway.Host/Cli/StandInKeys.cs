using Gateway.Core.Configuration;

namespace Gateway.Host.Cli;

/// <summary>An environment in which every reference leads to a key: for judging a file apart from the machine that it is for.</summary>
internal static class StandInKeys
{
    /// <summary>A key of its own for each variable; none of those that go over the file.</summary>
    public static string? Find(string variable) =>
        ListenerSetting.All.Any(setting => setting.Variable == variable) ? null : $"stands-for-the-key-of-{variable}";
}
