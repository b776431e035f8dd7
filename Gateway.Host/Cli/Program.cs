using Gateway.Host.Cli;

return CommandLine.Run(args);
