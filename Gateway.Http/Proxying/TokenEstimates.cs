using Gateway.Core.Analysis;
using Gateway.Core.Translation.Requests;

namespace Gateway.Http.Proxying;

/// <summary>Estimates of input tokens for providers that do not count, corrected by what they report of the same model.</summary>
internal static class TokenEstimates
{
    // As a ratio of one is written in the histogram of ratios.
    private const long One = 1_000_000;

    /// <summary>The estimate of the request that was translated last, corrected.</summary>
    public static long OfTranslated(ProxyContext context) => CorrectionsOf(context).Estimate.Correct(context.Translation.Request.EstimatedInputTokens);

    /// <summary>A translated answer came to a good end: what its provider reports teaches, and shows how good the estimate was.</summary>
    public static void Learn(ProxyContext context)
    {
        var translation = context.Translation;
        if (!translation.Answer.HasReportedUsage)
        {
            return;
        }

        var usage = translation.Answer.Usage;
        var reported = usage.Input + usage.CacheRead + usage.CacheCreation;
        if (reported > 0 && translation.Request.EstimatedInputTokens >= CountCorrection.LeastEstimate)
        {
            translation.EstimateRatio = translation.Context.EstimatedInputTokens * One / reported;
            CorrectionsOf(context).Estimate.Learn(translation.Request.EstimatedInputTokens, reported);
        }
    }

    /// <summary>What is known of the context's model at its provider.</summary>
    public static TokenCorrections CorrectionsOf(ProxyContext context) =>
        context.Provider!.Corrections.For(StableHash.Of(context.Scanner.Result.Model));
}
