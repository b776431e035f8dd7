using System.Buffers.Text;

namespace Gateway.Core.Translation.Requests;

/// <summary>How hard a model is asked to think, weakest first.</summary>
internal enum Effort : byte
{
    /// <summary>The client does not say.</summary>
    Unset,

    /// <summary>Not at all.</summary>
    None,

    /// <summary>Hardly.</summary>
    Minimal,

    /// <summary>A little.</summary>
    Low,

    /// <summary>Some.</summary>
    Medium,

    /// <summary>Much.</summary>
    High,

    /// <summary>Very much.</summary>
    XHigh,

    /// <summary>As much as it can.</summary>
    Max,
}

/// <summary>Reads the effort a request asks for and finds the provider's nearest level. Precedence: thinking switched off,
/// the last message's effort, the request's effort, the thinking budget, adaptive thinking.</summary>
internal static class EffortRules
{
    /// <summary>The effort asked for; <see cref="Effort.None"/> if thinking is switched off.</summary>
    public static Effort Asked(JsonTape tape, RequestFacts facts)
    {
        var thinking = tape.Find(JsonTape.Root, "thinking"u8);
        var type = tape.Find(thinking, "type"u8);
        if (tape.Is(type, "disabled"u8))
        {
            return Effort.None;
        }

        var effort = Parse(tape.Text(facts.MessageEffort));
        if (effort == Effort.Unset)
        {
            effort = Parse(tape.Text(tape.Find(tape.Find(JsonTape.Root, "output_config"u8), "effort"u8)));
        }

        return effort != Effort.Unset ? effort
            : tape.Is(type, "enabled"u8) ? OfBudget(tape.Raw(tape.Find(thinking, "budget_tokens"u8)))
            : tape.Is(type, "adaptive"u8) ? Effort.High
            : Effort.Unset;
    }

    /// <summary>The provider's word for an effort: that level, else the next higher, else its highest; empty if it has none.</summary>
    public static ReadOnlySpan<byte> LevelFor(Effort effort, DialectProfile profile)
    {
        if (profile.EffortLevels.Count == 0)
        {
            return Word(effort < Effort.Low ? Effort.Low : effort > Effort.High ? Effort.High : effort);
        }

        var nearest = Effort.Unset;
        var top = Effort.Unset;
        foreach (var level in profile.EffortLevels)
        {
            var known = Parse(level);
            top = known > top ? known : top;
            if (known > Effort.None && known >= effort && (nearest == Effort.Unset || known < nearest))
            {
                nearest = known;
            }
        }

        return Word(nearest == Effort.Unset && top > Effort.None ? top : nearest);
    }

    /// <summary>How many tokens of thinking an effort is worth: the upper end of its budgets in <see cref="OfBudget"/>, and no more than half of the answer.</summary>
    public static long BudgetFor(Effort effort, JsonTape tape, DialectProfile profile)
    {
        long budget = effort switch
        {
            Effort.None => 0,
            Effort.Minimal or Effort.Low => 1_024,
            Effort.Medium => 8_192,
            Effort.High => 24_576,
            _ => 65_536,
        };
        var isSaid = Utf8Parser.TryParse(tape.Raw(tape.Find(JsonTape.Root, "max_tokens"u8)), out long answer, out _) && answer > 0;
        var most = profile.MaxOutputTokens > 0 && (!isSaid || profile.MaxOutputTokens < answer) ? profile.MaxOutputTokens : isSaid ? answer : 0;
        return most > 0 ? Math.Min(budget, most / 2) : budget;
    }

    /// <summary>Whether <c>none</c> is a level of the provider's: the way to switch thinking off.</summary>
    public static bool HasOff(DialectProfile profile)
    {
        foreach (var level in profile.EffortLevels)
        {
            if (Parse(level) == Effort.None)
            {
                return true;
            }
        }

        return false;
    }

    // CLIProxyAPI's table without its weakest step. A budget that is no number means thinking all the same.
    private static Effort OfBudget(ReadOnlySpan<byte> budget) =>
        !Utf8Parser.TryParse(budget, out long tokens, out _) ? Effort.High
        : tokens <= 1_024 ? Effort.Low
        : tokens <= 8_192 ? Effort.Medium
        : tokens <= 24_576 ? Effort.High
        : Effort.XHigh;

    private static Effort Parse(string word)
    {
        Span<byte> text = stackalloc byte[8];
        return System.Text.Encoding.UTF8.TryGetBytes(word, text, out var length) ? Parse(text[..length]) : Effort.Unset;
    }

    private static Effort Parse(ReadOnlySpan<byte> word)
    {
        for (var effort = Effort.None; effort <= Effort.Max; effort++)
        {
            if (word.SequenceEqual(Word(effort)))
            {
                return effort;
            }
        }

        return Effort.Unset;
    }

    private static ReadOnlySpan<byte> Word(Effort effort) => effort switch
    {
        Effort.None => "none"u8,
        Effort.Minimal => "minimal"u8,
        Effort.Low => "low"u8,
        Effort.Medium => "medium"u8,
        Effort.High => "high"u8,
        Effort.XHigh => "xhigh"u8,
        Effort.Max => "max"u8,
        _ => default,
    };
}
