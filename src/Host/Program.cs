using Liaison.Host;

return await CommandLine.RunAsync(args);
