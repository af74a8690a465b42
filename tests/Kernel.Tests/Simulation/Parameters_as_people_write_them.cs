using Orchestrator.Kernel.Simulation;
using Xunit;

namespace Orchestrator.Kernel.Tests.Simulation;

public sealed class Parameters_as_people_write_them
{
    [Theory]
    [InlineData("P13", "true", "true"), InlineData("P05", "\"10 wd\"", "10wd"), InlineData("P01", "\"OTS\"", "ots"), InlineData("P33", "\"real-name 100 %\"", "real_name_required"), InlineData("P59", "\"off\"", "no_roll"),
     InlineData("P31", "\"7 days\"", "7cd"), InlineData("P30", "[\"acceptance\", \"completion\"]", "acceptance、completion"), InlineData("P49", "2", "2"), InlineData("P22", "\"strict, incl. supervisor\"", "strict"),
     InlineData("P07", "\"deny_with_reasons\"", "deny_with_reasons"), InlineData("P20", "\"true for non-承诺件\"", "non_promise")]
    public void are_read_into_the_words_of_the_profiles(string key, string written, string read)
    {
        var scenario = Scenario.Parse($$"""{"id": "X", "title": {"zh": "试", "en": "try"}, "profile": "XA", "params": {"{{key}}": {{written}}}, "steps": []}""");

        Assert.Equal(read, scenario.Parameters[key]);
    }
}
