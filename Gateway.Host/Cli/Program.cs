using Gateway.Host.Cli;

return GatewayCommandLine.Run(args);
