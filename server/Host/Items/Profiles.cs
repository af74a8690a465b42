using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Host.Items;

/// <summary><c>GET /api/v1/profiles</c>, <c>/profiles/{id}</c>: what the regions set differently. <c>GET /api/v1/calendars</c>: which years have a holiday table.</summary>
static class Profiles
{
    const int YearsAhead = 1;

    /// <summary>A profile.</summary>
    /// <param name="Id">XA, AQ, CQ, NX or QS.</param>
    /// <param name="Version">Version of the data.</param>
    /// <param name="Title">Name of the region.</param>
    public sealed record Summary(string Id, int Version, LocalizedText Title);

    /// <summary>A profile with its parameters.</summary>
    /// <param name="Id">XA, AQ, CQ, NX or QS.</param>
    /// <param name="Version">Version of the data.</param>
    /// <param name="Title">Name of the region.</param>
    /// <param name="Parameters">P01…P60 and named switches, in order.</param>
    public sealed record Detail(string Id, int Version, LocalizedText Title, IReadOnlyList<PolicyParameter> Parameters);

    /// <summary>The working calendar.</summary>
    /// <param name="Version">Names the set of tables.</param>
    /// <param name="Years">Years with a published holiday table.</param>
    /// <param name="Missing">Years, this one and the next, without a table: limits that end in them are provisional.</param>
    /// <param name="Warning">Says so; null when nothing is missing.</param>
    public sealed record CalendarReply(string Version, IReadOnlyList<int> Years, IReadOnlyList<int> Missing, LocalizedText? Warning);

    static readonly Problem Unknown = Problem.NotFound("profile.unknown", "没有这个地区参数", "There is no such profile");

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1").WithTags("Regions").RequireAuthorization(Policies.SignedIn);
        group.MapGet("/profiles", () => TypedResults.Ok<IReadOnlyList<Summary>>([.. ShippedProfiles.All.Values.Select(profile => new Summary(profile.Id, profile.Version, profile.Title))]))
            .WithName("ListProfiles").WithSummary("区域参数 / Regional profiles");
        group.MapGet("/profiles/{id}", Read).WithName("ReadProfile").WithSummary("一个区域的参数 / One regional profile").Refuses(404);
        group.MapGet("/calendars", Calendars).WithName("ReadCalendars").WithSummary("工作日历 / The working calendar");
    }

    static Results<Ok<Detail>, Problem> Read(string id) => ShippedProfiles.All.GetValueOrDefault(id) is { } profile
        ? TypedResults.Ok(new Detail(profile.Id, profile.Version, profile.Title, [.. profile.Parameters.Values]))
        : Unknown;

    static async Task<Ok<CalendarReply>> Calendars(IPinnedData pinned, TimeProvider clock, CancellationToken stop)
    {
        var calendar = await pinned.Calendar(stop);
        var year = LegalTime.DateOf(Instant.FromDateTimeOffset(clock.GetUtcNow())).Year;
        int[] missing = [.. Enumerable.Range(year, YearsAhead + 1).Where(wanted => !calendar.Years.Contains(wanted))];
        var listed = string.Join(", ", missing);
        return TypedResults.Ok(new CalendarReply(calendar.Version, [.. calendar.Years.Order()], missing,
            missing.Length == 0 ? null : new($"缺少 {listed} 年的节假日安排，期限为暂定", $"No holiday table for {listed}: limits that end there are provisional")));
    }
}
