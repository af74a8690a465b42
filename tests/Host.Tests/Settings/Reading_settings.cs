using System.Collections;
using NodaTime;
using Orchestrator.Host.Settings;

namespace Orchestrator.Host.Tests.Settings;

public sealed class Reading_settings
{
    static ServerSettings Read(string[] arguments, Hashtable? environment = null, string? file = null) =>
        SettingsReader.Read(arguments, environment ?? [], file ?? "/nowhere/appsettings.json").Settings;

    [Fact]
    public void without_any_setting_the_server_runs_in_production_on_sqlite_and_loopback()
    {
        var settings = Read([]);

        Assert.Equal((ServerEnvironment.Production, "sqlite", "http://127.0.0.1:5080"), (settings.Environment, settings.Engine, Assert.Single(settings.Urls)));
    }

    [Fact]
    public void the_command_line_wins_over_the_environment_and_that_over_the_file()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """{ "session-hours": 1, "max-connections": 10, "log-folder": "from-file" }""");
        var settings = Read(["--session-hours", "3"], new() { ["ORCHESTRATOR__SESSION_HOURS"] = "2", ["orchestrator__max_connections"] = "20", ["UNRELATED"] = "x" }, file);

        Assert.Equal((3, 20, "from-file"), (settings.SessionHours, settings.MaxConnections, settings.LogFolder));
        File.Delete(file);
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("postgresql")]
    public void both_names_of_postgresql_are_understood(string name) =>
        Assert.Equal("postgresql", Read(["--database", name, "--connection", "Host=db"]).Engine);

    [Fact]
    public void a_manual_clock_may_be_given_its_start()
    {
        Assert.Equal(Instant.FromUtc(2026, 1, 5, 1, 0), Read(["--environment", "Development", "--manual-clock", "2026-01-05T09:00:00+08:00"]).ManualClockStart);
        Assert.True(Read(["--manual-clock", "--environment=Development"]) is { ManualClock: true, ManualClockStart: null });
    }

    [Theory]
    [InlineData("--frob", "1")]
    [InlineData("--urls", "not a url")]
    [InlineData("--urls", "ftp://host:1")]
    [InlineData("--database", "oracle")]
    [InlineData("--database", "postgres")]
    [InlineData("--environment", "Staging")]
    [InlineData("--manual-clock", "2026-01-05T09:00:00+08:00")]
    [InlineData("--manual-clock", "tomorrow")]
    [InlineData("--max-connections", "0")]
    [InlineData("--max-connections", "1e3")]
    [InlineData("--session-hours", "-1")]
    [InlineData("--password-iterations", "1000")]
    [InlineData("--trusted-proxies", "proxy.example")]
    [InlineData("--connection", " ")]
    [InlineData("--connection")]
    public void a_wrong_setting_is_refused_in_one_line_in_both_languages(params string[] arguments)
    {
        var e = Assert.Throws<WrongSetting>(() => Read(arguments));

        Assert.DoesNotContain('\n', e.Message);
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}.*[A-Za-z]{4}", e.Message);
    }

    [Fact]
    public void a_misspelt_variable_is_not_silently_ignored() =>
        Assert.Contains("urlz", Assert.Throws<WrongSetting>(() => Read([], new() { ["ORCHESTRATOR__URLZ"] = "http://x" })).Message, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void a_settings_file_that_is_not_json_is_refused()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "urls = http://x");

        Assert.Contains(file, Assert.Throws<WrongSetting>(() => Read([], null, file)).Message, StringComparison.Ordinal);
        File.Delete(file);
    }
}
