using System.Text.RegularExpressions;

namespace Gateway.Tests.Deploy;

/// <summary>What a query in PromQL names: metrics, and the labels it takes them to have.</summary>
internal sealed partial class PromQuery
{
    private static readonly string[] Words = ["by", "without", "and", "or", "unless", "on", "ignoring", "group_left", "group_right", "bool", "offset"];

    /// <summary>Takes a query apart; variables of a dashboard may stand in it.</summary>
    public PromQuery(string text)
    {
        Text = text;
        var plain = Range().Replace(Quoted().Replace(text, "\"\""), "");
        foreach (Match selector in Selector().Matches(plain))
        {
            Selected.AddRange(LabelBeforeOperator().Matches(selector.Groups["body"].Value).Select(label => (selector.Groups["metric"].Value, label.Groups[1].Value)));
        }

        foreach (Match clause in Clause().Matches(plain))
        {
            Grouped.AddRange(Word().Matches(clause.Groups[1].Value).Select(label => label.Value));
        }

        var bare = Clause().Replace(Selector().Replace(plain, "${metric}"), "");
        Metrics = [.. Identifier().Matches(bare).Select(name => name.Value).Where(name => !Words.Contains(name)).Distinct()];
    }

    /// <summary>The query.</summary>
    public string Text { get; }

    /// <summary>The metrics it reads.</summary>
    public IReadOnlyList<string> Metrics { get; }

    /// <summary>Labels by which it selects, each with its metric.</summary>
    public List<(string Metric, string Label)> Selected { get; } = [];

    /// <summary>Labels by which it groups.</summary>
    public List<string> Grouped { get; } = [];

    /// <summary>Its brackets fit together.</summary>
    public bool IsBalanced => Text.Count(c => c == '(') == Text.Count(c => c == ')') && Text.Count(c => c == '{') == Text.Count(c => c == '}');

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Range();

    [GeneratedRegex(@"(?<metric>[a-zA-Z_:][a-zA-Z0-9_:]*)\s*\{(?<body>[^}]*)\}")]
    private static partial Regex Selector();

    [GeneratedRegex(@"(\w+)\s*(?:=~|!=|!~|=)")]
    private static partial Regex LabelBeforeOperator();

    [GeneratedRegex(@"\b(?:by|on|without|ignoring)\s*\(([^)]*)\)")]
    private static partial Regex Clause();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    // A name that nothing is called with: functions have their bracket behind them.
    [GeneratedRegex(@"\b[a-zA-Z_:][a-zA-Z0-9_:]*\b(?!\s*\()")]
    private static partial Regex Identifier();
}
