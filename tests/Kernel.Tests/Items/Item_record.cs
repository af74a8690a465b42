using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Items;
using Xunit;

namespace Orchestrator.Kernel.Tests.Items;

public sealed class Item_record
{
    [Fact]
    public void an_item_is_read_back_as_it_was_written()
    {
        var written = ItemJson.Write(SampleItem.Valid());
        var (item, fault) = ItemJson.Read(written);
        Assert.Null(fault);
        Assert.Equal(written, ItemJson.Write(item!));
        Assert.Contains("\"item_code\": \"QS-WJ-001\"", written, StringComparison.Ordinal);
        Assert.Contains("\"promised_limit\": \"7wd\"", written, StringComparison.Ordinal);
        Assert.Contains("\"effective_from\": \"2026-01-01T00:00\"", written, StringComparison.Ordinal);
    }

    [Fact]
    public void what_is_absent_takes_its_default()
    {
        var (item, _) = ItemJson.Read("""{"item_code":"A","name":"甲","item_type":"公共服务","item_class":"公共服务","region":"XA"}""");
        Assert.Equal("promise", item!.HandlingKind);
        Assert.Empty(item.Materials);
        Assert.Empty(item.HandlingForm);
        Assert.True(item.InCenter.In);
        Assert.Null(item.StatutoryLimit);
    }

    [Theory]
    [InlineData("""{"item_code":"A","name":"甲","item_type":"公共服务","item_class":"公共服务","region":"XA","colour":"red"}""", "/colour")]
    [InlineData("""{"item_code":"A","name":"甲","item_type":"公共服务","item_class":"公共服务","region":"XA","materials":{"M01":{"name":"表","type":"表格","size":"A4"}}}""", "/materials/M01/size")]
    [InlineData("""{"item_code":"A","name":"甲","item_type":"公共服务","item_class":"公共服务","region":"XA","promised_limit":"soon"}""", "/promised_limit")]
    [InlineData("""{"item_code":"A","name":"甲","item_type":"公共服务","item_class":"公共服务","region":"XA","fees":[{"name":"费","amount":"x"}]}""", "/fees/0/amount")]
    [InlineData("""{"item_code":"A","name":null,"item_type":"公共服务","item_class":"公共服务","region":"XA"}""", "/name")]
    public void a_fault_is_reported_at_its_place(string json, string pointer)
    {
        var (item, fault) = ItemJson.Read(json);
        Assert.Null(item);
        Assert.Equal(("item.malformed", FindingSeverity.Block, pointer), (fault!.Rule, fault.Severity, fault.Pointer));
    }

    [Theory]
    [InlineData("$", "")]
    [InlineData("$.materials['a.b/c'].basis[2].name", "/materials/a.b~1c/basis/2/name")]
    public void json_paths_become_pointers(string path, string pointer) => Assert.Equal(pointer, ItemJson.Pointer(path));

    [Fact]
    public void terms_hold_what_a_case_is_pinned_to()
    {
        var terms = SampleItem.Valid().ToTerms();
        Assert.Equal(("QS-WJ-001", 1, TimeLimit.WorkingDays(7), TimeLimit.WorkingDays(20)), (terms.Code, terms.Version, terms.Promised!, terms.Statutory!));
        Assert.True(terms.Materials["M04"].Exempt);
        Assert.False(terms.Materials["M01"].Exempt);
        Assert.Equal(["M03"], terms.ToleranceMaterials);
        Assert.Equal("deny_with_reasons", terms.ToleranceOverdue);
        Assert.False(terms.Renewable);
        Assert.Null(terms.Joint);
    }
}
