using System.Net.Sockets;
using AssistPortal.Core.Data;
using Microsoft.Extensions.Options;

namespace AssistPortal.Web.Setup;

/// <summary>A reason not to start that an administrator can do something about.</summary>
public sealed class StartRefusedException(string sentence) : Exception(sentence);

/// <summary>Tells foreseen reasons not to start from defects: the former are sentences, the latter keep their stack trace.</summary>
internal static class StartRefusal
{
    /// <summary>The sentences to print, or <see langword="null"/> when the exception wasn't foreseen.</summary>
    public static IReadOnlyList<string>? Explain(Exception exception) => exception switch
    {
        StartRefusedException refused => [refused.Message],
        PortalDatabaseException unusable => [unusable.Message],
        OptionsValidationException invalid => Settings(invalid.Failures),
        // One section's check may read another section and repeat its failures.
        AggregateException { InnerExceptions: var inner } when inner.All(one => one is OptionsValidationException) =>
            Settings(inner.Cast<OptionsValidationException>().SelectMany(one => one.Failures).Distinct()),
        // The binder names key and value type, and for secrets nothing else is bound than text, which always fits.
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } unreadable => Settings([unreadable.Message]),
        IOException taken when HasAddressInUse(taken) => [$"{taken.Message.TrimEnd('.')}. Stop the other program or choose another address with --urls (portal) or Sandbox:Url (embedded sandbox)."],
        _ => null,
    };

    private static IReadOnlyList<string> Settings(IEnumerable<string> failures) =>
        ["The portal doesn't start, its settings are not valid:", .. failures.Select(failure => $"  - {failure}")];

    private static bool HasAddressInUse(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
            {
                return true;
            }
        }

        return false;
    }
}
