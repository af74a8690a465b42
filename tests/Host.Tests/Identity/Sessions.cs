using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Host.Identity;

namespace Orchestrator.Host.Tests.Identity;

public sealed class Sessions(PrivateServer server) : IClassFixture<PrivateServer>
{
    [Fact]
    public async Task signing_in_gives_a_cookie_that_scripts_and_other_sites_cannot_use()
    {
        var api = server.Anonymous();
        var reply = await api.SignIn(await server.Account("acceptor"), RunningServer.Password);

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var cookie = Assert.Single(reply.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("acceptor", (string?)(await api.Get("/api/v1/session"))["account"]["roles"]![0]);
    }

    [Fact]
    public async Task a_request_without_a_session_is_told_to_sign_in()
    {
        var reply = await server.Anonymous().Get("/api/v1/session");

        Assert.Equal((HttpStatusCode.Unauthorized, "session.required"), (reply.Status, reply.Code));
        Assert.Equal("no-store", reply.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task a_wrong_password_and_an_unknown_login_get_the_same_answer()
    {
        var wrong = await server.Anonymous().SignIn(await server.Account("acceptor"), "not the password");
        var unknown = await server.Anonymous().SignIn("nobody-" + Guid.NewGuid().ToString("n")[..8], "not the password");

        Assert.Equal((HttpStatusCode.Unauthorized, "session.refused"), (wrong.Status, wrong.Code));
        Assert.Equal((wrong.Status, wrong.Code, (string?)wrong["title"]), (unknown.Status, unknown.Code, (string?)unknown["title"]));
    }

    [Fact]
    public async Task after_five_failures_even_the_right_password_has_to_wait_and_longer_each_time()
    {
        var login = await server.Account("acceptor");
        for (var i = 0; i < SignInGuard.FreeFailures; i++) await server.Anonymous().SignIn(login, "not the password");

        var locked = await server.Anonymous().SignIn(login, RunningServer.Password);
        Assert.Equal((HttpStatusCode.TooManyRequests, "session.locked"), (locked.Status, locked.Code));
        Assert.Equal(60, locked.Headers.RetryAfter?.Delta?.TotalSeconds);

        server.Time.Move(TimeSpan.FromSeconds(61));
        await server.Anonymous().SignIn(login, "still not");
        var again = await server.Anonymous().SignIn(login, RunningServer.Password);
        Assert.Equal(120, again.Headers.RetryAfter?.Delta?.TotalSeconds);

        server.Time.Move(TimeSpan.FromSeconds(121));
        Assert.Equal(HttpStatusCode.OK, (await server.Anonymous().SignIn(login, RunningServer.Password)).Status);
    }

    [Fact]
    public async Task guesses_made_at_the_same_time_are_all_counted()
    {
        var login = await server.Account("acceptor");
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.Anonymous().SignIn(login, "not the password")));

        Assert.Equal(SignInGuard.FreeFailures, replies.Count(reply => reply.Status == HttpStatusCode.Unauthorized));
        Assert.Equal(20 - SignInGuard.FreeFailures, replies.Count(reply => reply.Status == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task a_login_that_does_not_exist_is_locked_like_one_that_does()
    {
        var login = "ghost-" + Guid.NewGuid().ToString("n")[..8];
        for (var i = 0; i < SignInGuard.FreeFailures; i++) await server.Anonymous().SignIn(login, "not the password");

        Assert.Equal(HttpStatusCode.TooManyRequests, (await server.Anonymous().SignIn(login, "not the password")).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("guessed")]
    public async Task an_unsafe_request_by_cookie_without_the_antiforgery_token_is_refused(string? token)
    {
        var api = await server.As("process_designer");
        api.Csrf = token;

        var reply = await api.Post("/api/v1/definitions", new { title = new { zh = "无令牌", en = "No token" } });

        Assert.Equal((HttpStatusCode.Forbidden, "csrf.missing"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task a_sign_in_from_a_page_of_another_site_is_refused()
    {
        var reply = await server.Anonymous().Post("/api/v1/session", new { login = "any", password = "any" }, ("Origin", "https://elsewhere.example"));

        Assert.Equal((HttpStatusCode.Forbidden, "csrf.foreign-origin"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task a_session_ends_when_its_owner_signs_out()
    {
        var api = await server.As("acceptor");
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete("/api/v1/session")).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await api.Get("/api/v1/session")).Status);
    }

    [Fact]
    public async Task a_session_ends_after_two_idle_hours()
    {
        var api = await server.As("acceptor");
        server.Time.Move(TimeSpan.FromMinutes(119));
        Assert.Equal(HttpStatusCode.OK, (await api.Get("/api/v1/session")).Status);

        server.Time.Move(TimeSpan.FromMinutes(119));
        Assert.Equal(HttpStatusCode.OK, (await api.Get("/api/v1/session")).Status);

        server.Time.Move(TimeSpan.FromMinutes(121));
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.Get("/api/v1/session")).Status);
    }

    [Fact]
    public async Task a_changed_password_ends_the_other_sessions_of_the_account()
    {
        var login = await server.Account("acceptor");
        var (here, there) = (server.Anonymous(), server.Anonymous());
        await here.SignIn(login, RunningServer.Password);
        await there.SignIn(login, RunningServer.Password);

        Assert.Equal(HttpStatusCode.NoContent, (await here.Put("/api/v1/session/password", new { current = RunningServer.Password, next = "Another-Hand-2027" })).Status);

        Assert.Equal(HttpStatusCode.OK, (await here.Get("/api/v1/session")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await there.Get("/api/v1/session")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.Anonymous().SignIn(login, "Another-Hand-2027")).Status);
    }

    [Fact]
    public async Task a_password_is_kept_as_a_salted_hash_of_at_least_210000_iterations()
    {
        var passwords = server.Services.GetRequiredService<Passwords>();
        var (first, second) = (await passwords.Hash("Same-Words-Twice", TestContext.Current.CancellationToken), await passwords.Hash("Same-Words-Twice", TestContext.Current.CancellationToken));

        Assert.StartsWith("pbkdf2-sha256$210000$", first);
        Assert.NotEqual(first, second);
    }
}
