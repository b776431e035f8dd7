namespace Gateway.Core.Health;

/// <summary>From single probes to a verdict: down after three failures in a row, up again after two successes. One thread.</summary>
/// <remarks>The defaults of HAProxy's health checks (fall 3, rise 2).</remarks>
public sealed class ProbeTally
{
    private const int Fall = 3;
    private const int Rise = 2;

    private int _inARow;

    /// <summary>The verdict.</summary>
    public bool IsUp { get; private set; } = true;

    /// <summary>Takes a probe; true if the verdict has changed.</summary>
    public bool Add(bool succeeded)
    {
        _inARow = succeeded == IsUp ? 0 : _inARow + 1;
        if (_inARow < (IsUp ? Fall : Rise))
        {
            return false;
        }

        IsUp = succeeded;
        _inARow = 0;
        return true;
    }
}
