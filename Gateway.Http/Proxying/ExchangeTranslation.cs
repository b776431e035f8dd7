using System.Text;
using Gateway.Core.Translation.Answers;
using Gateway.Core.Translation.Errors;
using Gateway.Core.Translation.Requests;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>What translating one exchange needs in both directions. Pooled with its context, so that the buffers stay warm.</summary>
internal sealed class ExchangeTranslation
{
    /// <summary>The request's side.</summary>
    public RequestTranslator Request { get; } = new();

    /// <summary>The answer's side.</summary>
    public AnswerTranslator Answer { get; } = new();

    /// <summary>Where a streamed answer's bytes come from.</summary>
    public TranslatedSource Source { get; } = new();

    /// <summary>What the answer's side depends on.</summary>
    public AnswerContext Context { get; } = new();

    /// <summary>What was estimated divided by what was reported, in millionths; 0 where nothing was learned. Whoever reads it takes it.</summary>
    public long EstimateRatio { get; set; }

    /// <summary>Reads the ratio once.</summary>
    public long TakeEstimateRatio()
    {
        var ratio = EstimateRatio;
        EstimateRatio = 0;
        return ratio;
    }

    /// <summary>The provider's rate limits, in Anthropic's fields.</summary>
    public List<(string Name, string Value)> RateLimits { get; } = [];

    /// <summary>Reads them from the head of an answer.</summary>
    public void ReadRateLimits(HeaderTable fields, DateTimeOffset now)
    {
        RateLimits.Clear();
        for (var i = 0; i < fields.Count; i++)
        {
            if (RateLimitFields.Translate(fields.Name(i), fields.Value(i), now) is { } field && !RateLimits.Exists(known => known.Name == field.Name))
            {
                RateLimits.Add(field);
            }
        }
    }

    /// <summary>Adds them to a head.</summary>
    public void WriteRateLimits(ref HeadWriter head)
    {
        foreach (var (name, value) in RateLimits)
        {
            head.Field(Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(value));
        }
    }

    /// <summary>The last attempt's error as the client is to read it; null without one.</summary>
    public AnthropicFault? Fault { get; set; }
}
