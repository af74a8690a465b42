using System.Collections.Immutable;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Tests.Identity;

/// <summary>Who sees which rows: asked of the database itself, over the seeded organisation.</summary>
public sealed class Scopes(RunningServer server)
{
    const string Rows = """
        WITH rows (id, region, department, hall, applicant_id) AS (VALUES
            ('scjg', 'XA', 'xa-scjg', 'xa-hall', 'somebody'),
            ('rs', 'XA', 'xa-rs', 'xa-hall', 'somebody'),
            ('no-hall', 'XA', 'xa-scjg', NULL, 'somebody'),
            ('other-region', 'CQ', 'cq-scjg', 'cq-hall', 'somebody'),
            ('own', 'CQ', 'cq-scjg', 'cq-hall', 'me'))
        SELECT id FROM rows r WHERE
        """;

    async Task<string> Seen(string role, string? path, string? region = "XA")
    {
        var caller = new Caller { Id = "me", Login = "me", Name = "me", Roles = ImmutableHashSet.Create(role), Region = region, ScopePath = path };
        var scope = Scope.On(caller, "r");
        await using var connection = await server.Services.GetRequiredService<Database>().Open(TestContext.Current.CancellationToken);
        return string.Join(' ', (await connection.QueryAsync<string>($"{Rows} {scope.Sql} ORDER BY id", scope.Parameters)));
    }

    [Fact]
    public async Task applicants_see_only_their_own() => Assert.Equal("own", await Seen("applicant", null, null));

    [Fact]
    public async Task a_department_sees_its_subtree_and_what_its_people_applied_for() => Assert.Equal("no-hall own scjg", await Seen("reviewer", "/xa/xa-scjg/"));

    [Fact]
    public async Task a_window_sees_what_is_handled_in_its_hall() => Assert.Equal("own rs scjg", await Seen("acceptor", "/xa/xa-hall/"));

    [Fact]
    public async Task supervisors_and_the_administration_body_see_their_region()
    {
        Assert.Equal("no-hall own rs scjg", await Seen("supervisor", "/xa/xa-body/"));
        Assert.Equal("no-hall own rs scjg", await Seen("administration_body", "/xa/xa-body/"));
    }

    [Fact]
    public async Task administrators_and_auditors_see_everything()
    {
        Assert.Equal("no-hall other-region own rs scjg", await Seen("administrator", null, null));
        Assert.Equal("no-hall other-region own rs scjg", await Seen("auditor", null, null));
    }

    [Fact]
    public async Task staff_without_a_place_see_nothing_of_others() => Assert.Equal("own", await Seen("reviewer", null, null));

    [Fact]
    public async Task a_security_administrator_manages_people_and_sees_no_cases() => Assert.Equal("own", await Seen("security_admin", null, null));
}
