using Microsoft.AspNetCore.Authorization;

namespace Orchestrator.Host.Identity;

/// <summary>Every policy that an endpoint may name, and the roles that satisfy it. Which rows a caller sees is <see cref="Scope"/>'s matter.</summary>
static class Policies
{
    /// <summary>Anybody who is signed in.</summary>
    public const string SignedIn = "signed-in";
    /// <summary>Anybody who works here.</summary>
    public const string Staff = "staff";
    /// <summary>Opens cases, acts on tasks and cases: the kernel decides which roles may do which act.</summary>
    public const string Cases = "cases";
    /// <summary>Sees the work list.</summary>
    public const string Tasks = "tasks";
    public const string DefinitionsRead = "definitions.read";
    public const string DefinitionsWrite = "definitions.write";
    public const string DefinitionsPublish = "definitions.publish";
    public const string ItemsWrite = "items.write";
    public const string ItemsPublish = "items.publish";
    public const string AccountsManage = "accounts.manage";
    public const string AuditRead = "audit.read";
    public const string SupervisionRead = "supervision.read";
    public const string SupervisionAct = "supervision.act";
    public const string WebhooksManage = "webhooks.manage";
    /// <summary>The development clock; its endpoints exist only with a manual clock.</summary>
    public const string DevelopmentClock = "development.clock";

    /// <summary>An endpoint that states neither a policy nor that it is open to all keeps the server from starting.</summary>
    /// <exception cref="InvalidOperationException">There is such an endpoint.</exception>
    public static void RequireOnAll(IEnumerable<EndpointDataSource> sources)
    {
        var silent = sources.SelectMany(source => source.Endpoints).Where(endpoint =>
            endpoint.Metadata.GetMetadata<IAuthorizeData>() is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null).Select(endpoint => endpoint.DisplayName).ToList();
        if (silent.Count > 0) throw new InvalidOperationException("These endpoints state no policy: " + string.Join(", ", silent));
    }

    public static void Add(AuthorizationOptions options)
    {
        options.AddPolicy(SignedIn, policy => policy.RequireAuthenticatedUser());
        options.AddPolicy(Cases, policy => policy.RequireAuthenticatedUser());
        options.AddPolicy(Tasks, policy => policy.RequireAuthenticatedUser());
        Allow(Staff, [.. AccountRoles.Staff]);
        Allow(DefinitionsRead, [.. AccountRoles.Staff]);
        Allow(DefinitionsWrite, AccountRoles.ProcessDesigner, AccountRoles.Administrator);
        Allow(DefinitionsPublish, AccountRoles.ProcessDesigner, AccountRoles.Administrator);
        Allow(ItemsWrite, AccountRoles.CatalogueManager, AccountRoles.Administrator);
        Allow(ItemsPublish, AccountRoles.CatalogueManager, AccountRoles.AdministrationBody, AccountRoles.Administrator);
        Allow(AccountsManage, AccountRoles.Administrator, AccountRoles.SecurityAdmin);
        Allow(AuditRead, AccountRoles.Auditor, AccountRoles.SecurityAdmin, AccountRoles.Administrator);
        Allow(SupervisionRead, AccountRoles.Supervisor, AccountRoles.DisciplineObserver, AccountRoles.AdministrationBody, AccountRoles.ChiefRepresentative, AccountRoles.Auditor, AccountRoles.Administrator);
        Allow(SupervisionAct, AccountRoles.Supervisor, AccountRoles.AdministrationBody, AccountRoles.Administrator);
        Allow(WebhooksManage, AccountRoles.Administrator, AccountRoles.AdministrationBody);
        Allow(DevelopmentClock, AccountRoles.Administrator);

        void Allow(string name, params string[] roles) => options.AddPolicy(name, policy => policy.RequireAuthenticatedUser().RequireRole(roles));
    }
}
