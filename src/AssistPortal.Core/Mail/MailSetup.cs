using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Mail;

/// <summary>Registers the outbox.</summary>
internal static class MailSetup
{
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MailOptions>().Bind(configuration.GetSection(MailOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>();
        services.AddSingleton<LetterQueue>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<GetLetterHealth>();
        services.AddSingleton<ILetterCarrier>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<MailOptions>>();
            return options.Value switch
            {
                { Host.Length: > 0 } => new SmtpCarrier(options),
                { Folder.Length: > 0 } => new FolderCarrier(options),
                _ => new NoCarrier(),
            };
        });
        services.AddSingleton<SendLetter>();
        services.AddHostedService<LetterWorker>();
        return services;
    }
}
