namespace Orchestrator.Migrations;

/// <summary>The database cannot be brought to the version that was asked for. The message is one line in both languages, Chinese first.</summary>
/// <param name="code">Stable code: <c>migrations.changed</c>, <c>migrations.newer</c>, <c>migrations.gap</c>, <c>migrations.failed</c>, <c>migrations.irreversible</c>.</param>
/// <param name="zh">What is wrong, in Chinese.</param>
/// <param name="en">The same in English.</param>
/// <param name="inner">The error of the database, where there is one.</param>
public sealed class MigrationException(string code, string zh, string en, Exception? inner = null) : Exception($"{zh} {en}", inner)
{
    /// <summary>The stable code.</summary>
    public string Code { get; } = code;

    /// <summary>What is wrong, in Chinese.</summary>
    public string Zh { get; } = zh;

    /// <summary>What is wrong, in English.</summary>
    public string En { get; } = en;
}
