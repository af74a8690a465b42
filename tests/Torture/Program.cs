using Orchestrator.Torture;

return args is ["worker", ..] ? await Worker.Run(args[1..]) : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
