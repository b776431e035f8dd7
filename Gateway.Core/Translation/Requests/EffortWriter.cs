namespace Gateway.Core.Translation.Requests;

/// <summary>Asks a provider to think, in its own form.</summary>
internal static class EffortWriter
{
    /// <summary>Writes the members for an effort; none if the client asked for nothing or the provider can't be asked.</summary>
    public static void Write(Effort effort, TranslationContext context)
    {
        if (effort == Effort.Unset)
        {
            return;
        }

        if (!context.IsChat)
        {
            WriteResponses(effort, context);
            return;
        }

        switch (context.Profile.ReasoningRequest)
        {
            case ReasoningRequest.Effort:
                WriteEffort(effort, context);
                break;
            case ReasoningRequest.OpenRouter:
                WriteOpenRouter(effort, context);
                break;
            case ReasoningRequest.Zai:
                WriteThinking(effort, context, hasEffort: context.Profile.EffortLevels.Count > 0);
                break;
            case ReasoningRequest.DeepSeek:
                WriteThinking(effort, context, hasEffort: true);
                break;
            case ReasoningRequest.Adaptive:
                WriteSwitch(effort == Effort.None ? """{"type":"disabled"}"""u8 : """{"type":"adaptive"}"""u8, context);
                break;
            case ReasoningRequest.ThinkingTokenBudget:
                WriteBudget("thinking_token_budget"u8, effort, context);
                break;
            case ReasoningRequest.ThinkingBudget:
                WriteBudget("thinking_budget"u8, effort, context);
                break;
            case ReasoningRequest.ThinkingBudgetTokens:
                WriteBudget("thinking_budget_tokens"u8, effort, context);
                break;
            default:
                break;
        }
    }

    private static void WriteBudget(ReadOnlySpan<byte> name, Effort effort, TranslationContext context)
    {
        context.Output.Name(name);
        context.Output.Number(EffortRules.BudgetFor(effort, context.Tape, context.Profile));
    }

    private static void WriteEffort(Effort effort, TranslationContext context)
    {
        var level = effort == Effort.None ? default : EffortRules.LevelFor(effort, context.Profile);
        if (!level.IsEmpty || (effort == Effort.None && EffortRules.HasOff(context.Profile)))
        {
            context.Output.Name("reasoning_effort"u8);
            context.Output.Text(level.IsEmpty ? "none"u8 : level);
        }
    }

    private static void WriteOpenRouter(Effort effort, TranslationContext context)
    {
        var output = context.Output;
        output.Name("reasoning"u8);
        output.BeginObject();
        if (effort == Effort.None || EffortRules.LevelFor(effort, context.Profile).IsEmpty)
        {
            output.Name("enabled"u8);
            output.Flag(effort != Effort.None);
        }
        else
        {
            output.Name("effort"u8);
            output.Text(EffortRules.LevelFor(effort, context.Profile));
        }

        output.EndObject();
    }

    private static void WriteThinking(Effort effort, TranslationContext context, bool hasEffort)
    {
        WriteSwitch(effort == Effort.None ? """{"type":"disabled"}"""u8 : """{"type":"enabled"}"""u8, context);
        if (hasEffort && effort != Effort.None && !EffortRules.LevelFor(effort, context.Profile).IsEmpty)
        {
            context.Output.Name("reasoning_effort"u8);
            context.Output.Text(EffortRules.LevelFor(effort, context.Profile));
        }
    }

    private static void WriteSwitch(ReadOnlySpan<byte> thinking, TranslationContext context)
    {
        context.Output.Name("thinking"u8);
        context.Output.Raw(thinking);
    }

    // Responses has one form for all; a profile that names levels knows it.
    private static void WriteResponses(Effort effort, TranslationContext context)
    {
        var profile = context.Profile;
        var canAsk = profile.ReasoningRequest != ReasoningRequest.None || profile.EffortLevels.Count > 0;
        if (!canAsk || (effort == Effort.None ? !EffortRules.HasOff(profile) : EffortRules.LevelFor(effort, profile).IsEmpty))
        {
            return;
        }

        var output = context.Output;
        output.Name("reasoning"u8);
        output.BeginObject();
        output.Name("effort"u8);
        output.Text(effort == Effort.None ? "none"u8 : EffortRules.LevelFor(effort, profile));
        if (effort != Effort.None)
        {
            output.Name("summary"u8);
            output.Text("auto"u8);
        }

        output.EndObject();
    }
}
