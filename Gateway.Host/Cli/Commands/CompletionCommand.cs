using System.CommandLine;

namespace Gateway.Host.Cli.Commands;

/// <summary><c>completion SHELL</c>: a script that has the shell ask this program what may come next.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # bash completion of claude-gateway: eval "$(claude-gateway completion bash)"
        _claude_gateway() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(claude-gateway "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _claude_gateway claude-gateway

        """;

    private const string Zsh = """
        #compdef claude-gateway
        # zsh completion of claude-gateway: eval "$(claude-gateway completion zsh)"
        _claude_gateway() {
            local -a words_found
            words_found=("${(@f)$(claude-gateway "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
            compadd -a words_found
            _files
        }
        if [ "$funcstack[1]" = _claude-gateway ]; then _claude_gateway; else compdef _claude_gateway claude-gateway; fi

        """;

    private const string Fish = """
        # fish completion of claude-gateway: claude-gateway completion fish | source
        function __claude_gateway
            set -l line (commandline -cp)
            claude-gateway "[suggest:"(string length -- $line)"]" $line 2>/dev/null
        end
        complete -c claude-gateway -a '(__claude_gateway)'

        """;

    public static Command Create(Surroundings around)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print the script that completes commands and options in a shell") { shell };
        command.SetAction(parsed =>
        {
            around.Output.Write(parsed.GetValue(shell) switch { "zsh" => Zsh, "fish" => Fish, _ => Bash });
            return ExitCodes.Success;
        });
        return command;
    }
}
