using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gateway.Host.Cli.Output;
using Gateway.Host.Ledger;
using Gateway.Host.Lifetime;

namespace Gateway.Host.Cli.Commands;

/// <summary><c>usage</c>: who used how much of what, from the ledger. No gateway needs to run.</summary>
internal static class UsageCommand
{
    private const int UsualDays = 30;

    private sealed record Row(string Name, long Requests, long[] Tokens, long CostMicroUsd);

    public static Command Create(Surroundings around)
    {
        var by = new Option<string>("--by") { Description = "What the rows are", DefaultValueFactory = _ => "provider" };
        by.AcceptOnlyFromAmong("provider", "model", "client", "day");
        var days = new Option<int>("--days") { Description = "How many days back, today included", DefaultValueFactory = _ => UsualDays };
        days.Validators.Add(static result =>
        {
            if (result.Tokens is [var said] && (!int.TryParse(said.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1))
            {
                result.AddError("--days: expected a whole number from 1.");
            }
        });
        var json = new JsonOption();
        var command = new Command("usage", "Show the tokens and the cost of what was served, from the ledger") { by, days, json };
        command.SetAction(parsed =>
        {
            var today = DateOnly.FromDateTime(around.Time.GetUtcNow().UtcDateTime);
            var entries = LedgerEntry.Since(StateDirectory.Of(around.Environment), today.AddDays(1 - Math.Min(parsed.GetValue(days), today.DayNumber)));
            var rows = Rows(entries, parsed.GetValue(by)!);
            around.Output.Write(parsed.GetValue(json) ? Json(rows) : Table(rows, parsed.GetValue(by)!, around.HasColour));
            return ExitCodes.Success;
        });
        return command;
    }

    private static List<Row> Rows(IEnumerable<LedgerEntry> entries, string axis) =>
    [
        .. from entry in entries
           group entry by NameOf(entry, axis) into same
           orderby axis == "day" ? 0 : -same.Sum(entry => entry.CostMicroUsd), same.Key
           select new Row(
               same.Key,
               same.Count(),
               [.. Enumerable.Range(0, 4).Select(kind => same.Sum(entry => entry.Tokens[kind]))],
               same.Sum(entry => entry.CostMicroUsd)),
    ];

    private static string NameOf(LedgerEntry entry, string by) => by switch
    {
        "model" => entry.Model,
        "client" => entry.Client.Length > 0 ? entry.Client : "(nobody)",
        "day" => entry.At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => entry.Provider,
    };

    private static string Table(List<Row> rows, string by, bool hasColour)
    {
        var table = new TextTable(by.ToUpperInvariant(), "REQUESTS", "INPUT", "OUTPUT", "CACHE READ", "CACHE WRITTEN", "USD");
        foreach (var row in rows)
        {
            table.Add(row.Name, Number(row.Requests), Number(row.Tokens[0]), Number(row.Tokens[1]), Number(row.Tokens[2]), Number(row.Tokens[3]), Dollars(row.CostMicroUsd));
        }

        return table.Text(hasColour);
    }

    private static string Json(List<Row> rows)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (var row in rows)
            {
                writer.WriteStartObject();
                writer.WriteString("name"u8, row.Name);
                writer.WriteNumber("requests"u8, row.Requests);
                writer.WriteNumber("input_tokens"u8, row.Tokens[0]);
                writer.WriteNumber("output_tokens"u8, row.Tokens[1]);
                writer.WriteNumber("cache_read_tokens"u8, row.Tokens[2]);
                writer.WriteNumber("cache_creation_tokens"u8, row.Tokens[3]);
                writer.WriteNumber("cost_usd"u8, row.CostMicroUsd / 1_000_000m);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Dollars(long microUsd) => (microUsd / 1_000_000m).ToString("0.0000", CultureInfo.InvariantCulture);
}
