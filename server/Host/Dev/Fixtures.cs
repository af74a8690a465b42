using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Catalogue;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Organisation;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Registers;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;
using Orchestrator.Kernel.Registers;

namespace Orchestrator.Host.Dev;

/// <summary>Installs what a scenario needs; see <see cref="PutFixture"/>.</summary>
sealed class Fixtures(IPinnedData pinned, TimeProvider clock)
{
    /// <summary>First version of trial profiles; real versions stay below.</summary>
    const int FirstTrial = 1_000_000;

    const string Taken = "SELECT count(*) FROM organisation WHERE id = @region OR region = @region";
    const string NextVersion = "SELECT COALESCE(max(version), 0) + 1 FROM region_profile WHERE id = @id AND version >= @FirstTrial";
    // Effective never: only the region that names the version takes it.
    const string PutProfile = "INSERT INTO region_profile (id, version, json, effective_from) VALUES (@id, @version, @json, 9000000000000000)";
    const string PutAccount = """
        INSERT INTO account (account_id, login, name, password_hash, roles, organisation_id, region, disabled, must_change_password, demonstration, created_at)
        VALUES (@id, @id, @name, NULL, @roles, @organisation, @region, @no, @no, @yes, @now)
        """;
    const string PutToken = """
        INSERT INTO api_token (token_hash, token_id, name, account_id, roles, scopes, created_at, expires_at) VALUES (@hash, @id, 'fixture', @account, @roles, 'read write', @now, @until)
        """;
    const string PutItem = """
        INSERT INTO service_item (item_code, name, region, department, hall, definition_id, status, updated_at) VALUES (@code, @name, @region, @department, @hall, @pipeline, 'draft', @now)
        """;

    const long TokenMs = 86_400_000;

    static readonly Problem NameTaken = Problem.Conflict("fixture.taken", "该名称已使用", "The name has been used");

    public async Task<Answer<PutFixture.Reply>> Install(Write write, string name, PutFixture.Body body, CancellationToken stop)
    {
        if (await write.One<long>(Taken, new { region = name }) > 0) return NameTaken;
        try
        {
            var profile = await Profile(write, body);
            var terms = (body.Items ?? ImmutableDictionary<string, JsonElement>.Empty).ToDictionary(item => item.Key, item => Terms(name, item.Key, item.Value));
            await Organisation(write, name, body, profile, terms.Values);
            foreach (var item in terms.Values) await Item(write, name, body.Pipeline, item, profile, stop);
            return await People(write, name, body, terms);
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException)
        {
            return Problem.Invalid("", "fixture.malformed", "场景数据有误：" + e.Message, e.Message);
        }
    }

    static async Task<PolicyProfile> Profile(Write write, PutFixture.Body body)
    {
        var changed = ShippedProfiles.Get(body.Profile).With(body.Parameters ?? ImmutableDictionary<string, string>.Empty);
        var version = (int)Math.Max(FirstTrial, await write.One<long>(NextVersion, new { id = changed.Id, FirstTrial }));
        var profile = new PolicyProfile(changed.Id, version, changed.Title, changed.Parameters.ToImmutableSortedDictionary(StringComparer.Ordinal));
        await write.Run(PutProfile, new { id = profile.Id, version = (long)version, json = Json(profile) });
        return profile;
    }

    static string Json(PolicyProfile profile) => JsonSerializer.Serialize(new
    {
        id = profile.Id, version = profile.Version, title = new { zh = profile.Title.Zh, en = profile.Title.En },
        parameters = profile.Parameters.ToDictionary(each => each.Key, each => new { value = each.Value.Value, stated = each.Value.Stated, basis = each.Value.Basis }),
    });

    /// <summary>The item under a code of its own; branches of joint items become departments of the fixture.</summary>
    static ItemTerms Terms(string name, string item, JsonElement json)
    {
        var terms = ItemTerms.FromScenario($"{name}-{item}", json);
        return terms with
        {
            Department = $"{name}-dep",
            Joint = terms.Joint is { } joint
                ? joint with { Lead = joint.Lead is { } lead ? $"{name}-{lead}" : null, Branches = joint.Branches.ToImmutableSortedDictionary(branch => $"{name}-{branch.Key}", branch => branch.Value, StringComparer.Ordinal) }
                : null,
        };
    }

    static async Task Organisation(Write write, string name, PutFixture.Body body, PolicyProfile profile, IEnumerable<ItemTerms> items)
    {
        await Unit(name, null, "region", new { profile = profile.Id, profileVersion = profile.Version });
        await Unit($"{name}-hall", name, "hall", new { hours = body.Hours });
        foreach (var department in items.SelectMany(item => item.Joint?.Branches.Keys ?? []).Append($"{name}-dep").Distinct()) await Unit(department, name, "department", null);

        Task Unit(string id, string? parent, string kind, object? data) =>
            OrganisationStore.Add(write, new OrganisationUnit(id, parent, kind, new(id, id), name, "旗县", data is null ? null : JsonSerializer.SerializeToElement(data)));
    }

    async Task Item(Write write, string name, string pipeline, ItemTerms terms, PolicyProfile profile, CancellationToken stop)
    {
        var now = Instant.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        await write.Run(PutItem, new { code = terms.Code, name = terms.Name, region = name, department = $"{name}-dep", hall = $"{name}-hall", pipeline, now = write.Now });
        var installed = ItemRegister.Install(terms, new(now, await pinned.Calendar(stop), profile));
        await RegisterRows.Save(write, new(RegisterEntry.Key(RegisterEntry.Item, terms.Code, name), name, new ItemEntry { Id = terms.Code }, 0, null), installed, Actor.Engine, now);
    }

    static async Task<PutFixture.Reply> People(Write write, string name, PutFixture.Body body, Dictionary<string, ItemTerms> items)
    {
        var branches = items.Values.SelectMany(item => item.Joint?.Branches.Keys ?? []).ToHashSet();
        var (accounts, tokens) = (ImmutableDictionary.CreateBuilder<string, string>(), ImmutableDictionary.CreateBuilder<string, string>());
        foreach (var person in body.People)
        {
            var (id, secret) = (accounts[person.Name] = $"{name}.{person.Name}", tokens[person.Name] = ApiTokens.Prefix + Secrets.New());
            var isOffice = person.Roles.Any(role => role is not (AccountRoles.Applicant or AccountRoles.Agent));
            var organisation = !isOffice ? null : branches.Contains($"{name}-{person.Name}") ? $"{name}-{person.Name}" : name;
            var row = new
            {
                id, name = person.Name, roles = RoleWords.Write(person.Roles), organisation, region = isOffice ? name : null, no = false, yes = true, now = write.Now,
                hash = Secrets.HashOf(secret), account = id, until = write.Now + TokenMs,
            };
            await write.Run(PutAccount, row);
            await write.Run(PutToken, row);
        }
        return new(name, items.ToImmutableDictionary(item => item.Key, item => item.Value.Code), accounts.ToImmutable(), tokens.ToImmutable());
    }
}
