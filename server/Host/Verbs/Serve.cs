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
}
