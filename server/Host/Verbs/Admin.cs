using System.Security.Cryptography;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Settings;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Verbs;

/// <summary><c>admin create LOGIN</c>: makes the first administrator, once. The password is read from the standard input, or made up and printed when there is none.</summary>
static class Admin
{
    public static async Task<int> Run(IReadOnlyList<string> arguments)
    {
        var (settings, rest) = SettingsReader.Read(arguments);
        if (rest is not ["create", var login]) throw new WrongSetting("用法：admin create 登录名（口令由标准输入给出）。", "Usage: admin create LOGIN (the password is read from the standard input).");
        var given = Console.IsInputRedirected ? (await Console.In.ReadLineAsync())?.Trim() : null;
        var password = given is { Length: > 0 } ? given : MadeUp();
        if (AccountRules.WhyLoginUnfit(login) is { } badLogin) throw new WrongSetting(badLogin.Message.Zh + "。", badLogin.Message.En + ".");
        if (Passwords.WhyUnfit(password, login, "") is { } badPassword) throw new WrongSetting(badPassword.Message.Zh + "。", badPassword.Message.En + ".");

        await using var database = Database.Of(settings);
        await database.Migrations(TimeProvider.System).Up();
        using var passwords = new Passwords(settings);
        await FirstAdministrator.Create(database, passwords, new SecurityClock(TimeProvider.System), login, password, mustChange: given is not { Length: > 0 });
        await Console.Out.WriteLineAsync($"已创建系统管理员 {login} / The administrator {login} was made");
        if (given is not { Length: > 0 }) await Console.Out.WriteLineAsync($"口令（首次登录须修改）/ password (to be changed at the first sign-in): {password}");
        return 0;
    }

    static string MadeUp() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 20);
}
