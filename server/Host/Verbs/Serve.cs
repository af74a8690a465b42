using Orchestrator.Host.Identity;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Settings;

namespace Orchestrator.Host.Verbs;

/// <summary><c>serve</c>: runs the server until it is told to stop.</summary>
static class Serve
{
    public static async Task<int> Run(IReadOnlyList<string> arguments)
    {
        var (settings, rest) = SettingsReader.Read(arguments);
        if (rest.Count > 0) throw new WrongSetting($"serve 不接受参数“{rest[0]}”。", $"serve takes no argument '{rest[0]}'.");
        await using var app = Server.Build(settings);
        await Startup.Prepare(app.Services);
        Startup.AnnounceWhenStarted(app);
        app.Lifetime.ApplicationStarted.Register(() => Welcome(app, settings));
        try
        {
            await app.RunAsync();
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new WrongSetting($"地址 {string.Join("、", settings.Urls)} 已被占用。", $"The address {string.Join(", ", settings.Urls)} is in use; set --urls.");
        }
        return 0;
    }

    /// <summary>Tells a newcomer where to go. On the console only: a password, even a demonstration one, has no place in the log.</summary>
    static void Welcome(WebApplication app, ServerSettings settings)
    {
        Console.WriteLine($"服务地址 / address: {string.Join("  ", app.Urls)}");
        if (settings.IsProduction) return;
        Console.WriteLine($"演示账户 / demonstration accounts (口令 / password: {DemonstrationAccounts.Password})");
        Console.WriteLine("  admin  auditor  xa-applicant  xa-acceptor  xa-reviewer  xa-decider  xa-chief-representative  xa-supervisor  xa-process-designer …");
        Console.WriteLine("  其他地区 / other regions: aq- cq- nx- qs-；岗位账户以岗位编号登录 / every post signs in with its id");
    }
}
