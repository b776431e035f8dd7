using Gateway.Benchmarks.Provider;
using Gateway.Benchmarks.Replay;

namespace Gateway.Benchmarks.Load;

/// <summary>One kind of traffic: what is sent, and what shall come back.</summary>
/// <param name="Name">As it is named on the command line.</param>
/// <param name="About">In a few words.</param>
/// <param name="Bodies">Makes the request bodies; sent in turn.</param>
/// <param name="Answer">What the provider is asked for.</param>
/// <param name="Connections">How many clients at a time, where nothing else is said.</param>
internal sealed record Workload(string Name, string About, Func<IReadOnlyList<byte[]>> Bodies, AnswerScript Answer, int Connections)
{
    /// <summary>Which of the run's providers answers it.</summary>
    public Scene Scene { get; init; }

    /// <summary>Requests a second where neither rate nor clients are given; 0 for the closed loop.</summary>
    public double Rate { get; init; }

    /// <summary>What is played again; null for a workload that is made up.</summary>
    public Recording? Recording { get; init; }

    /// <summary>How long an answer takes the provider; 0 for one that is there at once, or never ends.</summary>
    public double AnswerSeconds => IsEndless || !Answer.IsStream ? 0 : (Answer.Size - 1) * Answer.GapMs / 1_000.0;

    /// <summary>Streams that outlive a round: they are cut at its end, and only their events count.</summary>
    public bool IsEndless { get; init; }
}
