using System.CommandLine;

namespace Gateway.Host.Cli;

/// <summary><c>--json</c>: results for programs.</summary>
internal sealed class JsonOption : Option<bool>
{
    public JsonOption()
        : base("--json") => Description = "Print the result as JSON";
}
