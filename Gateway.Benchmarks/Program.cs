using Gateway.Benchmarks.Cli;

return await BenchmarkCommandLine.RunAsync(args);
