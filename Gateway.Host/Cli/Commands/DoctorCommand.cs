using System.CommandLine;
using Gateway.Core.Schema;
using Gateway.Host.Cli.Output;
using Gateway.Host.Composition;
using Gateway.Host.Doctor;

namespace Gateway.Host.Cli.Commands;

/// <summary><c>doctor</c>: what is broken here, and what to do about it.</summary>
internal static class DoctorCommand
{
    private const string Limits = "/proc/self/limits";

    public static Command Create(Surroundings around, GatewayOptions options)
    {
        var json = new JsonOption();
        var offline = new Option<bool>("--offline") { Description = "Do not ask providers" };
        var command = new Command("doctor", "Look for what breaks set-ups, and say what to do about it") { offline, json };
        foreach (var option in options.All)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, _) =>
        {
            var findings = await Checkup.RunAsync(Examine(around, options.Read(parsed), parsed.GetValue(offline))).ConfigureAwait(false);
            await around.Output.WriteAsync(parsed.GetValue(json) ? AsJson(findings) : AsTable(around, findings)).ConfigureAwait(false);
            return findings.Any(finding => finding.Verdict == Verdict.Broken) ? ExitCodes.Failure : ExitCodes.Success;
        });
        return command;
    }

    private static Examination Examine(Surroundings around, ServeOptions options, bool isOffline)
    {
        var result = ConfigFile.Load(options, around.Environment, out var file, out _);
        return new Examination
        {
            Result = result,
            File = file,
            Address = result.Config is { } config ? GatewayAddress.Of(config.Listener) : null,
            Environment = around.Environment,
            VariableNames = around.VariableNames,
            Folder = around.Folder,
            IsOffline = isOffline,
            Time = around.Time,
            Limits = File.Exists(Limits) ? File.ReadAllText(Limits) : null,
        };
    }

    private static string AsTable(Surroundings around, IReadOnlyList<Finding> findings)
    {
        var table = new TextTable("CHECK", "", "FOUND", "FIX");
        foreach (var finding in findings)
        {
            table.Add(finding.Check, VerdictOf(finding), finding.Found, finding.Fix);
        }

        return table.Text(around.HasColour);
    }

    private static Cell VerdictOf(Finding finding) => finding.Verdict switch
    {
        Verdict.Fine => new Cell("fine", Ink.Green),
        Verdict.Broken => new Cell("BROKEN", Ink.Red),
        Verdict.Odd => new Cell("odd", Ink.Yellow),
        _ => "skipped",
    };

    private static string AsJson(IReadOnlyList<Finding> findings) => JsonLayout.Indented(json =>
    {
        json.WriteStartArray();
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("check"u8, finding.Check);
            json.WriteString("verdict"u8, finding.Verdict.ToString().ToLowerInvariant());
            json.WriteString("found"u8, finding.Found);
            json.WriteString("fix"u8, finding.Fix);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
