using Microsoft.Extensions.Options;

namespace AssistPortal.Gateway;

/// <summary>Checks the settings at start and names everything that is wrong at once, never a value that may be secret.</summary>
internal sealed class AssistOptionsValidator : IValidateOptions<AssistOptions>
{
    private const int MaxLoginLength = 20;

    public ValidateOptionsResult Validate(string? name, AssistOptions options)
    {
        var errors = Address(options.Address)
            .Concat(Range("QueryTimeout", options.QueryTimeout, 120))
            .Concat(Range("CommandTimeout", options.CommandTimeout, 300))
            .Concat(options.Merchants.Count == 0 ? ["Assist:Merchants is empty: at least one merchant is needed."] : [])
            .Concat(options.Merchants.SelectMany(Merchant))
            .Concat(Repeated(options.Merchants))
            .ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Address(Uri? address)
    {
        if (address is not { IsAbsoluteUri: true } || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            yield return "Assist:Address must be the gateway's absolute http or https address, for example https://payments.paysecure.ru.";
            yield break;
        }

        if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
        {
            yield return "Assist:Address must be https: passwords would travel in the clear. Plain http is allowed only to this machine itself.";
        }

        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            yield return "Assist:Address must have no user name, query or fragment.";
        }
    }

    private static IEnumerable<string> Range(string name, TimeSpan value, int maxSeconds)
    {
        if (value < TimeSpan.FromSeconds(1) || value > TimeSpan.FromSeconds(maxSeconds))
        {
            yield return FormattableString.Invariant($"Assist:{name} must be between 1 and {maxSeconds} seconds.");
        }
    }

    private static IEnumerable<string> Merchant(AssistMerchant merchant, int index)
    {
        var which = FormattableString.Invariant($"Assist:Merchants:{index} (Id {merchant.Id})");
        if (merchant.Id <= 0)
        {
            yield return $"{which}: Id must be the positive Merchant_ID.";
        }

        if (string.IsNullOrWhiteSpace(merchant.Login) || merchant.Login.Length > MaxLoginLength)
        {
            yield return $"{which}: Login must have 1 to {MaxLoginLength} characters.";
        }

        if (string.IsNullOrEmpty(merchant.Password))
        {
            yield return $"{which}: Password is missing.";
        }

        if (!Enum.IsDefined(merchant.PushReply))
        {
            yield return $"{which}: PushReply must be Off, Status or Xml.";
        }
    }

    private static IEnumerable<string> Repeated(IEnumerable<AssistMerchant> merchants) => merchants
        .GroupBy(merchant => merchant.Id)
        .Where(same => same.Key > 0 && same.Count() > 1)
        .Select(same => FormattableString.Invariant($"Assist:Merchants names merchant {same.Key} more than once."));
}
