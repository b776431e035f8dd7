using Gateway.Http.Body;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>How the beginning of an answer is held back until it is known whether somebody else must answer.</summary>
internal sealed class HeldAnswer
{
    /// <summary>Somebody else could answer, so an answer is looked at before it passes.</summary>
    public bool MayHold { get; set; }

    /// <summary>The beginning of a good answer is there.</summary>
    public bool IsHeld { get; set; }

    /// <summary>How far the body came.</summary>
    public BodyStatus End { get; set; }

    /// <summary>Where its bytes come from.</summary>
    public AnswerSource Source { get; } = new();

    /// <summary>Framing of the answer.</summary>
    public BodyFraming Framing { get; set; }

    /// <summary>Nothing is held.</summary>
    public void Begin()
    {
        MayHold = IsHeld = false;
        End = BodyStatus.More;
    }
}
