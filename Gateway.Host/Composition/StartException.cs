namespace Gateway.Host.Composition;

/// <summary>A port or a file can't be opened: its message says which, and why.</summary>
/// <param name="message">For the operator.</param>
/// <param name="exitCode">What the process ends with.</param>
/// <param name="inner">What the system said.</param>
internal sealed class StartException(string message, int exitCode, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode => exitCode;
}
