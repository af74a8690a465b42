using System.Collections.Immutable;
using NodaTime;
using Orchestrator.Host.Catalogue;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;
using Xunit;

namespace Orchestrator.Host.Tests.Catalogue;

public sealed class Demonstration_catalogue
{
    static readonly ImmutableArray<ServiceItem> All = DemonstrationCatalogue.Items();
    static readonly ImmutableArray<OrganisationUnit> Organisation = DemonstrationCatalogue.Organisation();

    public static TheoryData<string> Codes => [.. All.Select(item => item.ItemCode)];

    static ServiceItem Item(string code) => All.Single(item => item.ItemCode == code);

    [Theory, MemberData(nameof(Codes))]
    public void every_item_passes_the_gate_of_its_region_without_a_finding(string code)
    {
        var item = Item(code);
        var at = LegalTime.At(item.Guide.PublishedAt!.Value);
        var request = new PublishRequest(item.Version, at, LegalTime.At(item.EffectiveFrom!.Value), item.Guide.ReportedToBodyAt is not null);
        Assert.Empty(ItemPublishGate.Check(item, new PublishContext(request, ShippedProfiles.Get(item.Region), [], Catalogue: Codes.Select(row => row.Data).ToHashSet())));
    }

    [Theory, MemberData(nameof(Codes))]
    public void every_item_can_be_read_in_english_and_points_to_its_own_guide(string code)
    {
        var item = Item(code);
        Assert.All(item.Materials.Values.Select(material => material.NameEn).Append(item.NameEn), name => Assert.Matches("^[A-Z][ -~]+$", name));
        Assert.Contains($"/items/{code}/", item.Guide.Url, StringComparison.Ordinal);
        Assert.NotEmpty(item.Guide.SampleTexts);
        Assert.NotEmpty(item.Themes);
    }

    [Theory, MemberData(nameof(Codes))]
    public void every_item_has_its_department_windows_and_hall_in_the_organisation(string code)
    {
        var item = Item(code);
        Assert.Contains(Organisation, unit => unit.Id == item.Department && unit.Kind == "department" && unit.Region == item.Region);
        Assert.All(item.Windows, window => Assert.Contains(Organisation, unit => unit.Id == window && unit.Kind == "window" && unit.Region == item.Region));
        Assert.All(item.HandlingPlace, place => Assert.Contains(Organisation, unit => unit.Kind == "hall" && unit.Name.Zh == place.Hall));
        Assert.All(item.Joint?.Branches.Keys ?? [], branch => Assert.Contains(Organisation, unit => unit.Id == branch && unit.Kind == "department"));
        Assert.All(item.Joint?.Children ?? [], child => Assert.Contains(All, other => other.ItemCode == child));
    }

    [Fact]
    public void the_catalogue_covers_all_regions_pipelines_and_modes()
    {
        Assert.True(All.Length >= 26);
        Assert.Equal(ShippedProfiles.All.Keys, All.Select(item => item.Region).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["immediate", "joint", "renewal", "standard"], All.Select(item => item.Process.Pipeline).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(All, item => item.Joint is { Lead: not null } && item.Region == "CQ");
        Assert.Contains(All, item => item is { Region: "AQ", ProxyListed: true });
        Assert.Contains(All, item => item is { Region: "AQ", ProxyListed: false });
        Assert.Contains(All, item => item.PromiseMode is not null);
        Assert.Contains(All, item => item.ToleranceMaterials.Length > 0);
        Assert.Contains(All, item => item.SpecialProcedures.Length > 0);
        Assert.Contains(All, item => item.PreReview);
        Assert.Contains(All, item => item.AcceptOnReceipt);
        Assert.Contains(All, item => item.Situations is not null);
        Assert.Contains(All, item => item.SpecialWindow is not null);
        Assert.Contains(All, item => item.Fees.Any(fee => fee.Amount > 0));
    }

    [Fact]
    public void pipelines_fit_the_kind_of_the_item()
    {
        Assert.All(All, item => Assert.Equal(item.Process.Pipeline == "renewal", item.Renewable is not null));
        Assert.All(All, item => Assert.Equal(item.Process.Pipeline == "joint", item.Joint is not null));
        Assert.All(All, item => Assert.Equal(item.Process.Pipeline == "immediate", item.HandlingKind == "immediate"));
    }

    [Fact]
    public void the_organisation_is_one_tree_with_parents_before_children()
    {
        var seen = new HashSet<string>();
        foreach (var unit in Organisation)
        {
            Assert.True(unit.Parent is null ? unit.Kind == "region" : seen.Contains(unit.Parent), unit.Id);
            Assert.True(seen.Add(unit.Id), unit.Id);
        }
        Assert.All(Organisation.Where(unit => unit.Kind == "hall"), hall => Assert.True(OrganisationNames.Fits(hall.Name.Zh, hall.Level!), hall.Name.Zh));
    }

    [Theory]
    [InlineData("XA"), InlineData("AQ"), InlineData("CQ"), InlineData("NX"), InlineData("QS")]
    public void every_region_has_the_posts_that_a_case_passes(string region)
    {
        var roles = Organisation.Where(unit => unit is { Kind: "post" } && unit.Region == region).Select(unit => unit.Data!.Value.GetProperty("role").GetString()).ToHashSet();
        Assert.Superset(new HashSet<string?> { "acceptor", "reviewer", "decider", "chief_representative", "delivery_clerk", "administration_body", "supervisor", "catalogue_manager", "process_designer", "archive_clerk" }, roles);
    }
}
