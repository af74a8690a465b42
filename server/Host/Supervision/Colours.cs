using Orchestrator.Kernel;

namespace Orchestrator.Host.Supervision;

/// <summary>预警颜色 (QS-T11b).</summary>
static class Colours
{
    public static LocalizedText NameOf(string colour) => colour switch
    {
        "red" => new("红", "Red"),
        "orange" => new("橙", "Orange"),
        "yellow" => new("黄", "Yellow"),
        "green" => new("绿", "Green"),
        _ => new("无", "None"),
    };
}
