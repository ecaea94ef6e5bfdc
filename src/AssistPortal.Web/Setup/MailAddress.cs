using AssistPortal.Core.Mail;
using Microsoft.Extensions.Options;

namespace AssistPortal.Web.Setup;

/// <summary>What letters need to know of the host: where its pages are, and that a working portal really sends them.</summary>
internal static class MailAddress
{
    public static IServiceCollection AddPortalMail(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        if (!environment.IsProduction())
        {
            services.PostConfigure<MailOptions>(mail => mail.PortalAddress = mail.PortalAddress is { Length: > 0 } said ? said : OwnAddress.OnThisMachine(configuration) ?? "");
        }

        services.AddSingleton<IValidateOptions<MailOptions>, ValidateMailInProduction>();
        return services;
    }
}

internal sealed class ValidateMailInProduction(IHostEnvironment environment) : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        if (!environment.IsProduction())
        {
            return ValidateOptionsResult.Success;
        }

        List<string> errors = [];
        if (options.Folder.Length > 0)
        {
            errors.Add("Mail:Folder is set in Production. Nobody reads letters there, and they hold links that open accounts: leave it empty.");
        }

        if (options.Host.Length > 0 && !options.PortalAddress.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            errors.Add("Mail:PortalAddress must be https in Production.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
