namespace Gateway.Host.Cli;

/// <summary>Entry point of the process.</summary>
internal static class Program
{
    private static int Main() => 0;
}
