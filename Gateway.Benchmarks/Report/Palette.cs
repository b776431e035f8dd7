using Gateway.Benchmarks.Load;
using ScottPlot;

namespace Gateway.Benchmarks.Report;

/// <summary>One colour for each side, the same in all figures; told apart by the colour-blind, too (Okabe and Ito).</summary>
internal static class Palette
{
    private static readonly Color[] Others = [Color.FromHex("#0072B2"), Color.FromHex("#D55E00"), Color.FromHex("#009E73"), Color.FromHex("#CC79A7"), Color.FromHex("#E69F00")];

    /// <summary>The colour of a side among all sides of a report.</summary>
    public static Color Of(string side, IReadOnlyList<string> sides) => side == Target.Direct
        ? Color.FromHex("#777777")
        : Others[sides.Where(static one => one != Target.Direct).TakeWhile(one => one != side).Count() % Others.Length];
}
