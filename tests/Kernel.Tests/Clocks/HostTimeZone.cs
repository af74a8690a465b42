using NodaTime;
using NodaTime.Text;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Kernel.Tests.Clocks;

/// <summary>C-9: legal time is Asia/Shanghai wherever the server stands. Runs alone, because it turns the zone of the process.</summary>
[Collection(nameof(HostTimeZone)), CollectionDefinition(nameof(HostTimeZone), DisableParallelization = true)]
public sealed class HostTimeZone
{
    [Theory]
    [InlineData("UTC")]
    [InlineData("America/New_York")]
    [InlineData("Pacific/Kiritimati")]
    public void counting_and_legal_dates_do_not_depend_on_the_zone_of_the_host(string zone)
    {
        var before = Environment.GetEnvironmentVariable("TZ");
        try
        {
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();

            var lastMoment = InstantPattern.ExtendedIso.Parse("2026-09-28T15:59:59Z").Value;
            Assert.Equal(new LocalDate(2026, 9, 28), LegalTime.DateOf(lastMoment));
            Assert.Equal(new LocalDate(2026, 9, 29), LegalTime.DateOf(lastMoment + Duration.FromSeconds(1)));
            Assert.Equal(lastMoment + Duration.FromSeconds(1), LegalTime.EndOf(new LocalDate(2026, 9, 28)));
            Assert.All(CalendarVectors.All.Values, vector => Assert.Equal(vector.LastDay, vector.Computed()));
        }
        finally
        {
            Environment.SetEnvironmentVariable("TZ", before);
            TimeZoneInfo.ClearCachedData();
        }
    }
}
