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
        if (effort != Effort.None || EffortRules.HasOff(context.Profile))
        {
            context.Output.Name("reasoning_effort"u8);
            context.Output.Text(effort == Effort.None ? "none"u8 : EffortRules.LevelFor(effort, context.Profile));
        }
    }

    private static void WriteOpenRouter(Effort effort, TranslationContext context)
    {
        var output = context.Output;
        output.Name("reasoning"u8);
        output.BeginObject();
        if (effort == Effort.None)
        {
            output.Name("enabled"u8);
            output.Flag(false);
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
        var output = context.Output;
        output.Name("thinking"u8);
        output.Raw(effort == Effort.None ? """{"type":"disabled"}"""u8 : """{"type":"enabled"}"""u8);
        if (hasEffort && effort != Effort.None && !EffortRules.LevelFor(effort, context.Profile).IsEmpty)
        {
            output.Name("reasoning_effort"u8);
            output.Text(EffortRules.LevelFor(effort, context.Profile));
        }
    }

    // Responses has one form for all; a profile that names levels knows it.
    private static void WriteResponses(Effort effort, TranslationContext context)
    {
        var profile = context.Profile;
        var canAsk = profile.ReasoningRequest != ReasoningRequest.None || profile.EffortLevels.Count > 0;
        if (!canAsk || (effort == Effort.None && !EffortRules.HasOff(profile)))
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
