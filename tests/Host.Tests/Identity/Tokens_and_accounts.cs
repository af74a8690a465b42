using System.Net;

namespace Orchestrator.Host.Tests.Identity;

public sealed class Tokens_and_accounts(PrivateServer server) : IClassFixture<PrivateServer>
{
    static string NewLogin() => "p" + Guid.NewGuid().ToString("n")[..10];

    Api WithToken(string token)
    {
        var api = server.Anonymous();
        api.Client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return api;
    }

    static object Account(string login, params string[] roles) => new { login, name = "某人", password = "First-Password-1", roles };

    [Fact]
    public async Task a_token_acts_for_its_account_without_an_antiforgery_token_until_it_is_revoked()
    {
        var owner = await server.As("process_designer");
        var made = await owner.Post("/api/v1/tokens", new { name = "部门系统" });
        Assert.StartsWith("orc_", (string?)made["token"]);

        var program = WithToken((string)made["token"]!);
        Assert.Equal(HttpStatusCode.Created, (await program.Post("/api/v1/definitions", new { title = new { zh = "令牌建", en = "By token" } })).Status);
        Assert.DoesNotContain("orc_", (await owner.Get("/api/v1/tokens")).Text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await owner.Delete("/api/v1/tokens/" + made["id"])).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Get("/api/v1/session")).Status);
    }

    [Fact]
    public async Task a_token_ends_on_its_day()
    {
        var made = await (await server.As("process_designer")).Post("/api/v1/tokens", new { name = "一天", days = 1 });
        var program = WithToken((string)made["token"]!);
        Assert.Equal(HttpStatusCode.OK, (await program.Get("/api/v1/session")).Status);

        server.Time.Move(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Get("/api/v1/session")).Status);
    }

    [Fact]
    public async Task a_reading_token_writes_nothing_and_no_token_has_roles_its_account_lacks()
    {
        var owner = await server.As("process_designer");
        var reader = WithToken((string)(await owner.Post("/api/v1/tokens", new { name = "只读", readOnly = true }))["token"]!);
        var narrow = WithToken((string)(await owner.Post("/api/v1/tokens", new { name = "空", roles = Array.Empty<string>() }))["token"]!);

        Assert.Equal(HttpStatusCode.OK, (await reader.Get("/api/v1/definitions")).Status);
        Assert.Equal("token.read-only", (await reader.Post("/api/v1/definitions", new { title = new { zh = "不", en = "No" } })).Code);
        Assert.Equal("token.roles", (string?)(await owner.Post("/api/v1/tokens", new { name = "越权", roles = new[] { "administrator" } }))["errors"][0]!["code"]);
        Assert.Equal("access.denied", (await reader.Post("/api/v1/tokens", new { name = "再生" })).Status == HttpStatusCode.Forbidden ? "access.denied" : "made");
        Assert.Equal(HttpStatusCode.OK, (await narrow.Get("/api/v1/session")).Status);
    }

    [Theory]
    [InlineData("orc_nothing")]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("orc_' OR 1=1 --")]
    public async Task a_token_that_was_not_given_out_is_refused(string token)
    {
        var reply = await server.Anonymous().Get("/api/v1/session", ("Authorization", token.StartsWith("Basic", StringComparison.Ordinal) ? token : "Bearer " + token));

        Assert.Equal(HttpStatusCode.Unauthorized, reply.Status);
        Assert.Contains("Bearer", reply.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_new_account_has_to_change_its_password_before_it_does_anything_else()
    {
        var (admin, login) = (await server.As("administrator"), NewLogin());
        Assert.Equal(HttpStatusCode.Created, (await admin.Post("/api/v1/accounts", Account(login, "process_designer"))).Status);

        var person = server.Anonymous();
        Assert.True((bool)(await person.SignIn(login, "First-Password-1"))["mustChangePassword"]);
        Assert.Equal("password.must-change", (await person.Post("/api/v1/definitions", new { title = new { zh = "不", en = "No" } })).Code);

        Assert.Equal(HttpStatusCode.NoContent, (await person.Put("/api/v1/session/password", new { current = "First-Password-1", next = "Second-Password-2" })).Status);
        Assert.Equal(HttpStatusCode.Created, (await person.Post("/api/v1/definitions", new { title = new { zh = "可", en = "Yes" } })).Status);
    }

    [Fact]
    public async Task disabling_an_account_ends_its_sessions_at_once()
    {
        var (admin, login) = (await server.As("administrator"), NewLogin());
        var made = await admin.Post("/api/v1/accounts", Account(login, "acceptor"));
        var person = server.Anonymous();
        await person.SignIn(login, "First-Password-1");

        var disabled = await admin.Put($"/api/v1/accounts/{made["id"]}", new { version = 1, name = "某人", roles = new[] { "acceptor" }, disabled = true });

        Assert.Equal(HttpStatusCode.OK, disabled.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.Get("/api/v1/session")).Status);
        Assert.Equal("session.refused", (await server.Anonymous().SignIn(login, "First-Password-1")).Code);
    }

    [Fact]
    public async Task two_administrators_do_not_overwrite_each_other()
    {
        var (admin, login) = (await server.As("administrator"), NewLogin());
        var made = await admin.Post("/api/v1/accounts", Account(login, "acceptor"));
        var body = new { version = 1, name = "改名", roles = new[] { "reviewer" } };

        Assert.Equal(2, (long)(await admin.Put($"/api/v1/accounts/{made["id"]}", body))["version"]);
        Assert.Equal("account.changed-meanwhile", (await admin.Put($"/api/v1/accounts/{made["id"]}", body)).Code);
    }

    [Fact]
    public async Task a_security_administrator_manages_people_but_makes_no_administrator()
    {
        var security = await server.As("security_admin");

        Assert.Equal(HttpStatusCode.Created, (await security.Post("/api/v1/accounts", Account(NewLogin(), "acceptor"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await security.Post("/api/v1/accounts", Account(NewLogin(), "administrator"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await server.As("acceptor")).Get("/api/v1/accounts")).Status);
    }

    [Theory]
    [InlineData("""{"login":"AB","name":"x","password":"First-Password-1","roles":["acceptor"]}""", "/login")]
    [InlineData("""{"login":"fine-login","name":" ","password":"First-Password-1","roles":["acceptor"]}""", "/name")]
    [InlineData("""{"login":"fine-login","name":"x","password":"short","roles":["acceptor"]}""", "/password")]
    [InlineData("""{"login":"fine-login","name":"x","password":"my-fine-login-99","roles":["acceptor"]}""", "/password")]
    [InlineData("""{"login":"fine-login","name":"x","password":"aaaaaaaaaaaa","roles":["acceptor"]}""", "/password")]
    [InlineData("""{"login":"fine-login","name":"x","password":"First-Password-1","roles":["king"]}""", "/roles")]
    [InlineData("""{"login":"fine-login","name":"x","password":"First-Password-1","roles":[]}""", "/roles")]
    [InlineData("""{"login":"fine-login","name":"x","password":"First-Password-1","roles":["acceptor"],"organisation":"nowhere"}""", "/organisation")]
    public async Task an_account_that_is_not_right_is_refused_with_a_pointer(string body, string pointer)
    {
        var reply = await (await server.As("administrator")).Post("/api/v1/accounts", body);

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal(pointer, (string?)reply["errors"][0]!["pointer"]);
    }

    [Fact]
    public async Task a_login_is_taken_only_once()
    {
        var (admin, login) = (await server.As("administrator"), NewLogin());
        await admin.Post("/api/v1/accounts", Account(login, "acceptor"));

        Assert.Equal("account.login-taken", (await admin.Post("/api/v1/accounts", Account(login, "reviewer"))).Code);
    }

    [Fact]
    public async Task a_demonstration_account_knows_its_place_in_the_organisation()
    {
        var api = server.Anonymous();
        var account = (await api.SignIn("xa-acceptor", "Orchestrator-2026"))["account"];

        Assert.Equal(("XA", "xa"), ((string?)account["region"], (string?)account["organisation"]));
        Assert.NotNull((string?)account["window"]);
        Assert.Contains((await api.Get("/api/v1/organisation?region=XA")).Json!.AsArray(), unit => (string?)unit!["id"] == "xa-hall" && (string?)unit["kind"] == "hall");
    }
}
