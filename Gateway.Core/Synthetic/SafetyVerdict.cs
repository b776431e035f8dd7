namespace Gateway.Core.Synthetic;

/// <summary>The verdict on a risky action that Claude Code asks a model for in auto mode, where no server gives one.</summary>
/// <remarks>A model that can't judge must not wave anything through: it always asks for a person. The request is known by
/// the tag it stops before, or by the transcript it shows.</remarks>
internal static class SafetyVerdict
{
    private const string Block = "</block>";
    private const string Severity = "</severity>";

    /// <summary>True if this is such a request.</summary>
    public static bool IsAskedFor(SyntheticRequest request) =>
        request.StopSequences.Contains(Severity) || request.StopSequences.Contains(Block)
        || (request.Tools.Count + request.ServerTools == 0
            && request.Turn.Prompt.StartsWith("<transcript>", StringComparison.Ordinal)
            && request.Turn.Prompt.Contains("</transcript>", StringComparison.Ordinal));

    /// <summary>The highest severity, in the form asked for.</summary>
    public static string Text(SyntheticRequest request) => request.StopSequences.Contains(Block)
        ? "<block>yes</block><reason>The synthetic provider can't judge actions.</reason>"
        : "<severity>100</severity><category>Not judged</category><reason>The synthetic provider can't judge actions.</reason>";
}
