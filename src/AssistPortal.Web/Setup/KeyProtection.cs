using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace AssistPortal.Web.Setup;

/// <summary>How the keys of cookies and tokens are protected where they lie, in the database; configuration section <c>DataProtection</c>.</summary>
public sealed class KeyProtectionOptions
{
    public const string Section = "DataProtection";

    /// <summary>Certificate with its private key (PKCS #12). Without one the keys lie in the database unprotected.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>Its password.</summary>
    public string? CertificatePassword { get; set; }
}

internal sealed class ValidateKeyProtectionOptions : IValidateOptions<KeyProtectionOptions>
{
    public ValidateOptionsResult Validate(string? name, KeyProtectionOptions options)
    {
        if (string.IsNullOrEmpty(options.CertificatePath))
        {
            return ValidateOptionsResult.Success;
        }

        if (!File.Exists(options.CertificatePath))
        {
            return ValidateOptionsResult.Fail($"DataProtection:CertificatePath names {options.CertificatePath}, which doesn't exist.");
        }

        try
        {
            using var certificate = X509CertificateLoader.LoadPkcs12FromFile(options.CertificatePath, options.CertificatePassword);
            return certificate.HasPrivateKey ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail("DataProtection:CertificatePath names a certificate without its private key.");
        }
        catch (CryptographicException)
        {
            return ValidateOptionsResult.Fail("DataProtection:CertificatePath can't be opened with DataProtection:CertificatePassword.");
        }
    }
}

internal sealed partial class UnprotectedKeysWarning(ILogger<UnprotectedKeysWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Warn(logger);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of session cookies lie in the database unprotected. Set DataProtection:CertificatePath to protect them with a certificate.")]
    private static partial void Warn(ILogger logger);
}
