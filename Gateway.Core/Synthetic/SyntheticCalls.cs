namespace Gateway.Core.Synthetic;

/// <summary>Which tools the model calls now: each scripted call once, however often the conversation comes back.</summary>
internal static class SyntheticCalls
{
    /// <summary>The calls of the next answer; none if all were made, or if the next one can't be.</summary>
    public static List<ScriptedTool> Next(SyntheticRequest request)
    {
        if (request.Demand.Forbids)
        {
            return [];
        }

        var scripted = Pending(request);
        return scripted.Count > 0 ? scripted.TrueForAll(call => request.Tools.Contains(call.Name)) ? scripted : []
            : request.Demand.Forced is { } forced && request.Turn.CallsMade == 0 ? [forced]
            : [];
    }

    /// <summary>The scripted calls that come next, whether or not their tools are offered.</summary>
    public static List<ScriptedTool> Pending(SyntheticRequest request)
    {
        var made = request.Turn.CallsMade;
        foreach (var turn in request.Commands.Turns)
        {
            if (made < turn.Count)
            {
                // What is left of a turn, where a client had only some of its calls made.
                return request.Demand.IsOneByOne ? [turn[made]] : turn[made..];
            }

            made -= turn.Count;
        }

        return [];
    }
}
