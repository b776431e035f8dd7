using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Net;

namespace Gateway.Host.Service;

/// <summary><c>service install</c> and <c>service uninstall</c>.</summary>
internal sealed class ServiceCommand
{
    private const int Failure = 1;

    private readonly Option<bool> _user = new("--user") { Description = "For your own service manager instead of the system's" };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Print what would be written and run, and do nothing" };

    private readonly Option<bool> _json = new("--json") { Description = "Print the result as JSON" };

    private readonly Option<string?> _root = new("--root") { Description = "Write below this folder and start nothing", HelpName = "folder" };

    private readonly Option<string?> _config = new("--config", "-c") { Description = "Configuration file; made if there is none", HelpName = "file" };

    private readonly Option<string> _listen = new("--listen")
    {
        Description = "Address and port to listen on",
        HelpName = "address:port",
        DefaultValueFactory = _ => "127.0.0.1:8080",
    };

    private readonly Option<string> _binary = new("--binary")
    {
        Description = "The program; without it this one",
        HelpName = "file",
        DefaultValueFactory = _ => Environment.ProcessPath!,
    };

    private readonly Func<string, string?> _variable;
    private readonly Func<IReadOnlyList<string>, int> _systemctl;

    private ServiceCommand(Func<string, string?> variable, Func<IReadOnlyList<string>, int> systemctl) =>
        (_variable, _systemctl) = (variable, systemctl);

    // Without a colon a port alone would be taken for an address.
    private static bool IsAddress(string? text) => text?.Contains(':') == true && IPEndPoint.TryParse(text, out var address) && address.Port > 0;

    /// <summary>The command with its subcommands.</summary>
    /// <param name="variable">Looks an environment variable up; null for those of the process.</param>
    /// <param name="systemctl">Runs systemctl; null for the real one.</param>
    public static Command Build(Func<string, string?>? variable = null, Func<IReadOnlyList<string>, int>? systemctl = null)
    {
        var parts = new ServiceCommand(variable ?? Environment.GetEnvironmentVariable, systemctl ?? Systemctl);
        return new Command("service", "Make the gateway a service of systemd, or undo it") { parts.Install(), parts.Uninstall() };
    }

    private Command Install()
    {
        _listen.Validators.Add(result =>
        {
            if (!IsAddress(result.GetValueOrDefault<string>()))
            {
                result.AddError("--listen: expected an address and a port, such as 127.0.0.1:8080.");
            }
        });
        var command = new Command("install", "Write the units, and a configuration if there is none, and start the service")
        {
            _user, _dryRun, _root, _config, _listen, _binary, _json,
        };
        command.SetAction(parsed => Run(parsed, setup => setup.Install()));
        return command;
    }

    private Command Uninstall()
    {
        var command = new Command("uninstall", "Stop the service and take its units away; configuration and state stay") { _user, _dryRun, _root, _json };
        command.SetAction(parsed => Run(parsed, setup => setup.Uninstall()));
        return command;
    }

    private int Run(ParseResult parsed, Func<ServiceSetup, int> work)
    {
        var streams = parsed.InvocationConfiguration;
        var steps = new List<ServiceStep>();
        var isJson = parsed.GetValue(_json);
        try
        {
            return work(new ServiceSetup
            {
                IsUser = parsed.GetValue(_user),
                IsDryRun = parsed.GetValue(_dryRun),
                Root = parsed.GetValue(_root),
                Binary = Path.GetFullPath(parsed.GetValue(_binary) ?? Environment.ProcessPath!),
                Address = parsed.GetValue(_listen) ?? "",
                Configuration = parsed.GetValue(_config) is { } path ? Path.GetFullPath(path) : null,
                Variable = _variable,
                Systemctl = _systemctl,
                Tell = isJson ? steps.Add : streams.Output.WriteLine,
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or Win32Exception)
        {
            streams.Error.WriteLine($"claude-gateway: {exception.Message}");
            return Failure;
        }
        finally
        {
            if (isJson)
            {
                streams.Output.WriteLine(ServiceStep.Json(steps));
            }
        }
    }

    private static int Systemctl(IReadOnlyList<string> words)
    {
        using var systemctl = Process.Start("systemctl", words);
        systemctl.WaitForExit();
        return systemctl.ExitCode == 0 ? 0 : Failure;
    }
}
