using System.Text.RegularExpressions;
using System.Xml.Linq;
using Gateway.Benchmarks.Report;
using Gateway.Benchmarks.Results;
using Gateway.Tests.Benchmarks.Results;

namespace Gateway.Tests.Benchmarks.Report;

internal sealed class ReportTests
{
    private static readonly LoadResult Run = Samples.Run(
        Samples.Series("1k", "direct", 0), Samples.Series("1k", "gateway", 28), Samples.Series("1k", "nginx <b>", 20));

    [Test]
    public void Every_figure_says_where_when_and_how_it_was_made()
    {
        var page = HtmlReport.Write([Run]);
        var figures = Regex.Matches(page, "<figure>.*?</figure>", RegexOptions.Singleline).Select(match => match.Value).ToArray();
        Assert.That(figures, Has.Length.AtLeast(3));
        Assert.That(figures, Has.All.Contain("2026-01-02 03:04").And.All.Contain("a processor").And.All.Contain("gateway 1.2.3").And.All.Contain("load --workload 1k"));
    }

    [Test]
    public void Delays_are_drawn_as_the_run_went_on() =>
        Assert.That(HtmlReport.Write([Run]), Does.Contain("whole time as the run went on"));

    [Test]
    public void A_result_from_before_there_was_a_timeline_is_drawn_without_it() =>
        Assert.That(
            HtmlReport.Write([Run with { Series = [.. Run.Series.Select(static one => one with { Timeline = null })] }]),
            Does.Contain("<figure>").And.Not.Contain("as the run went on"));

    [Test]
    public void Where_the_CPU_time_goes_stands_in_both_forms()
    {
        var profiled = Samples.Run(Samples.Series("1k", "gateway", 28) with { Profile = [new CpuShare("kernel: sendmsg", 0.75)] });
        Assert.Multiple(() =>
        {
            Assert.That(HtmlReport.Write([profiled]), Does.Contain("kernel: sendmsg"));
            Assert.That(MarkdownReport.Write([profiled]), Does.Contain("| kernel: sendmsg | 75 | 21 |"));
            Assert.That(HtmlReport.Write([Run]), Does.Not.Contain("Where the CPU time goes"));
        });
    }

    [Test]
    public void The_page_needs_nothing_beside_itself() =>
        Assert.That(HtmlReport.Write([Run]), Does.Not.Match("<script|<link|<img|@import|url\\(http| src="));

    [Test]
    public void Figures_are_pictures_that_parse_and_names_are_escaped()
    {
        var page = HtmlReport.Write([Run]);
        var pictures = Regex.Matches(page, "<svg.*?</svg>", RegexOptions.Singleline);
        Assert.Multiple(() =>
        {
            Assert.That(pictures, Is.Not.Empty);
            Assert.That(() => pictures.Select(picture => XElement.Parse(picture.Value)).ToArray(), Throws.Nothing);
            Assert.That(page, Does.Not.Contain("nginx <b>"));
        });
    }

    [Test]
    public void A_sweep_of_rates_is_drawn_up_to_saturation()
    {
        var sweep = Samples.Run(
            [.. from rate in (double[])[1_000, 2_000] from side in (string[])["direct", "gateway"] select Samples.Series("40k", side, 1) with { Rate = rate, Pace = $"{rate}/s" }]);
        Assert.That(HtmlReport.Write([sweep]), Does.Contain("answers a second as the rate rises"));
    }

    [Test]
    public void The_table_subtracts_the_direct_run()
    {
        var slow = Samples.Series("1k", "gateway", 28);
        slow = slow with { Whole = slow.Whole with { Total = slow.Whole.Total! with { P50 = 130 } } };
        var rows = ResultTable.Times([Samples.Series("1k", "direct", 0), slow]);
        var p50 = rows[0].ToList().IndexOf("p50");
        Assert.That((rows[1][p50], rows[2][p50], rows[3][p50]), Is.EqualTo(("90", "130", "40")));
    }

    [Test]
    public void Markdown_has_a_row_for_each_row()
    {
        var lines = MarkdownReport.Write([Run]).Split('\n').Where(line => line.StartsWith("| 1k", StringComparison.Ordinal));
        Assert.That(lines.Count(), Is.AtLeast(5), "three sides, and what two of them add");
    }
}
