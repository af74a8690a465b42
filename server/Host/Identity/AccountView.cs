namespace Orchestrator.Host.Identity;

/// <summary>An account as others see it.</summary>
/// <param name="Id">Account id.</param>
/// <param name="Login">Login name.</param>
/// <param name="Name">Name of the person.</param>
/// <param name="Roles">Roles as GET /api/v1/roles lists them.</param>
/// <param name="Organisation">Id of the unit where the person works; null for applicants.</param>
/// <param name="Region">Region id; null without a place.</param>
/// <param name="Department">Nearest department at or above the unit.</param>
/// <param name="Hall">Nearest hall at or above the unit.</param>
/// <param name="Window">The window, where there is one.</param>
sealed record AccountView(
    string Id, string Login, string Name, IReadOnlyList<string> Roles, string? Organisation, string? Region, string? Department, string? Hall, string? Window)
{
    public static AccountView Of(Caller caller) => new(
        caller.Id, caller.Login, caller.Name, [.. caller.Roles.Order(StringComparer.Ordinal)], caller.Organisation, caller.Region, caller.Department, caller.Hall, caller.Window);
}
