using Orchestrator.Kernel;

namespace Orchestrator.Host.Settings;

/// <summary>A setting cannot be used: the start ends with this one line and exit code 2.</summary>
sealed class WrongSetting(string zh, string en) : Exception($"{zh} {en}")
{
    public const int ExitCode = 2;

    public LocalizedText Text { get; } = new(zh, en);

    public static WrongSetting Of(string name, string value, string zh, string en) =>
        new($"设置 {name} 的值“{value}”无效：{zh}。", $"Setting {name} cannot be '{value}': {en}.");
}
