using System.Net;
using NodaTime;

namespace Orchestrator.Host.Tests.Dev;

/// <summary>A server whose legal time stands still until it is moved.</summary>
public sealed class ManualClockServer : RunningServer
{
    internal override Instant? ManualClock => Instant.FromUtc(2026, 3, 2, 1, 0);
}

public sealed class Development_clock(ManualClockServer server) : IClassFixture<ManualClockServer>
{
    [Fact]
    public async Task an_administrator_moves_the_manual_clock_and_nobody_else()
    {
        var admin = await server.As("administrator");
        Assert.Equal("2026-03-02T09:00:00+08:00", (string?)(await admin.Get("/api/v1/dev/clock"))["now"]);

        Assert.Equal("2026-04-01T00:00:00+08:00", (string?)(await admin.Put("/api/v1/dev/clock", new { now = "2026-04-01T00:00:00+08:00" }))["now"]);
        Assert.Equal("2026-03-01T00:00:00+08:00", (string?)(await admin.Put("/api/v1/dev/clock", new { now = "2026-03-01T00:00:00+08:00" }))["now"]);
        Assert.Equal("/now", (string?)(await admin.Put("/api/v1/dev/clock", new { now = "1926-03-01T00:00:00+08:00" }))["errors"][0]!["pointer"]);
        Assert.Equal(HttpStatusCode.OK, (await admin.Get("/api/v1/session")).Status);   // a month of legal time signs nobody out
        Assert.Equal(HttpStatusCode.Forbidden, (await (await server.As("acceptor")).Put("/api/v1/dev/clock", new { now = "2026-05-01T00:00:00+08:00" })).Status);
    }
}

public sealed class Without_a_manual_clock(RunningServer server)
{
    [Fact]
    public async Task its_address_does_not_exist() => Assert.Equal("path.unknown", (await (await server.As("administrator")).Get("/api/v1/dev/clock")).Code);
}
