using Orchestrator.Host.Verbs;

return await VerbTable.Run(args);
