using System.Globalization;

namespace Gateway.Benchmarks.Results;

/// <summary>A figure of the gateway as a multiple of a peer's: round by round, since the rounds are interleaved.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Pace">How fast requests were sent, in words.</param>
/// <param name="Peer">The peer.</param>
/// <param name="Title">Title of the figure.</param>
/// <param name="Median">The median of the rounds' ratios.</param>
/// <param name="Lowest">The least of them.</param>
/// <param name="Highest">The greatest of them.</param>
internal sealed record Ratio(string Workload, string Pace, string Peer, string Title, double Median, double Lowest, double Highest)
{
    private static readonly string[] Compared = ["CPU us/req", "CPU us/event", "RSS MB", "p50", "p99", "event p50", "event p99"];

    /// <summary>All ratios of a run.</summary>
    /// <param name="series">The run.</param>
    /// <param name="ours">Name of the side that is divided by the others.</param>
    /// <param name="direct">Name of the side that is nobody's.</param>
    public static IReadOnlyList<Ratio> Of(IReadOnlyList<Series> series, string ours, string direct) =>
    [
        .. from own in series.Where(one => one.Side == ours)
           from peer in series.Where(other => other.IsLike(own) && other.Side != ours && other.Side != direct)
           from figure in Figure.All.Where(static figure => Compared.Contains(figure.Title))
           let ratios = Ratios(own, peer, figure)
           where ratios.Count > 0
           select new Ratio(own.Workload, own.Pace, peer.Side, figure.Title, SeriesBuilder.Median(ratios.Select(static ratio => (double?)ratio))!.Value, ratios.Min(), ratios.Max()),
    ];

    /// <summary>As rows of a table.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(IReadOnlyList<Ratio> ratios) =>
    [
        (string[])["workload", "pace", "to", "figure", "ratio", "spread"],
        .. ratios.Select(static ratio => (string[])[ratio.Workload, ratio.Pace, ratio.Peer, ratio.Title, Written(ratio.Median), $"{Written(ratio.Lowest)}..{Written(ratio.Highest)}"]),
    ];

    private static List<double> Ratios(Series own, Series peer, Figure figure) =>
    [
        .. own.Rounds.Zip(peer.Rounds, (ours, theirs) => figure.Of(ours) / figure.Of(theirs)).OfType<double>().Where(double.IsFinite),
    ];

    private static string Written(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
