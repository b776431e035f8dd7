namespace Gateway.Host.Logging;

/// <summary>How lines look.</summary>
public enum LogForm : byte
{
    /// <summary>JSON, for machines.</summary>
    Json,

    /// <summary>Aligned text, for people.</summary>
    Plain,

    /// <summary>Aligned text with colours.</summary>
    Coloured,
}

/// <summary>Chooses the form by who reads.</summary>
public static class LogForms
{
    /// <summary>The form for this process's standard output.</summary>
    public static LogForm ForStandardOutput() =>
        Choose(!Console.IsOutputRedirected, Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>JSON unless standard output is a terminal; colour unless NO_COLOR is set to anything.</summary>
    /// <param name="isTerminal">Standard output is a terminal.</param>
    /// <param name="noColour">Value of the variable NO_COLOR (no-color.org); empty counts as unset.</param>
    public static LogForm Choose(bool isTerminal, string? noColour) =>
        !isTerminal ? LogForm.Json
        : string.IsNullOrEmpty(noColour) ? LogForm.Coloured
        : LogForm.Plain;
}
