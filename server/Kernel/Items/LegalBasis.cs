using System.Collections.Immutable;

namespace Orchestrator.Kernel.Items;

/// <summary>依据: the provision that an item, material or fee rests on.</summary>
/// <param name="Name">Name of the instrument, with book-title marks: 《中华人民共和国食品安全法》.</param>
/// <param name="Article">Article and paragraph: 第三十五条第一款.</param>
/// <param name="Level">One of <see cref="Levels"/>.</param>
public sealed record LegalBasis(string Name, string Article, string Level)
{
    /// <summary>Levels that can carry a duty of the applicant (XA-10.1a): law, regulation or rule.</summary>
    public static readonly ImmutableArray<string> Binding = ["法律", "行政法规", "地方性法规", "部门规章", "地方政府规章"];

    /// <summary>All levels; 规范性文件 may found an item of benefit or service, but no demand for a material.</summary>
    public static readonly ImmutableArray<string> Levels = [.. Binding, "规范性文件"];

    /// <summary>Whether it is a law, a regulation or a rule.</summary>
    public bool IsBinding => Binding.Contains(Level);
}

/// <summary>A file that the guide offers: a blank form, a filled sample, the sample of a result.</summary>
/// <param name="Name">Name shown to the reader.</param>
/// <param name="File">File name with its ending; the format is read from it.</param>
/// <param name="Redacted">Whether what is not fit for disclosure has been hidden (XA-11.1).</param>
public sealed record GuideFile(string Name, string File, bool Redacted = false)
{
    /// <summary>Formats that every reader can open safely (XA-11.1).</summary>
    public static readonly ImmutableArray<string> SafeFormats = ["pdf", "ofd", "png"];

    /// <summary>Whether the file has a safe common format.</summary>
    public bool IsSafeFormat => SafeFormats.Contains(File[(File.LastIndexOf('.') + 1)..].ToLowerInvariant());
}
