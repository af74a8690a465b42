using Microsoft.AspNetCore.Authentication;

namespace Orchestrator.Host.Identity;

/// <summary>Accounts, sessions, tokens and policies.</summary>
static class IdentityParts
{
    public static void AddIdentity(this IServiceCollection services)
    {
        services.AddSingleton(new SecurityClock(TimeProvider.System));
        services.AddSingleton<Passwords>();
        // The core alone: AddAuthentication would also bring keys in the home folder, which nothing here uses.
        services.AddAuthenticationCore(options => options.DefaultScheme = RequestAuthentication.SchemeName);
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, RequestAuthentication>(RequestAuthentication.SchemeName, null);
        services.AddAuthorization(Policies.Add);
    }

    public static void UseIdentity(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAntiforgeryTokens();
        app.UseAuthorization();
    }

    public static void MapIdentity(this IEndpointRouteBuilder routes)
    {
        SignIn.Map(routes);
        Session.Map(routes);
        ApiTokens.Map(routes);
        ListAccounts.Map(routes);
        CreateAccount.Map(routes);
        ChangeAccount.Map(routes);
    }
}
