namespace Gateway.Benchmarks.Cli;

/// <summary>What is being done: one line that is written over on a terminal, nothing where output is kept.</summary>
internal sealed class TerminalProgress(TextWriter terminal) : IProgress<string>
{
    private readonly bool _isTerminal = !Console.IsErrorRedirected;

    /// <inheritdoc/>
    public void Report(string value)
    {
        if (_isTerminal)
        {
            terminal.Write($"\r\e[K{value}");
        }
    }

    /// <summary>Takes the line away: what comes next stays.</summary>
    public void Clear() => Report("");
}
