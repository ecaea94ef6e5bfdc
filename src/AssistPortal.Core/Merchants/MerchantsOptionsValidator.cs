using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Merchants;

internal sealed class MerchantsOptionsValidator : IValidateOptions<MerchantsOptions>
{
    public ValidateOptionsResult Validate(string? name, MerchantsOptions options)
    {
        List<string> errors = [];
        if (options.Merchants.Count == 0)
        {
            errors.Add("Assist:Merchants must name at least one merchant.");
        }

        foreach (var twice in options.Merchants.GroupBy(merchant => merchant.Id).Where(same => same.Count() > 1))
        {
            errors.Add($"Assist:Merchants names the merchant {twice.Key} more than once.");
        }

        for (var i = 0; i < options.Merchants.Count; i++)
        {
            var merchant = options.Merchants[i];
            if (string.IsNullOrWhiteSpace(merchant.Name))
            {
                errors.Add($"Assist:Merchants:{i}:Name must say what the shop is called.");
            }

            if (!TimeZoneInfo.TryFindSystemTimeZoneById(merchant.TimeZone, out _))
            {
                errors.Add($"Assist:Merchants:{i}:TimeZone '{merchant.TimeZone}' is not a time zone this system knows; use an IANA name such as Europe/Moscow.");
            }

            if (merchant.ConfirmWithinDays is < 1 or > 30)
            {
                errors.Add($"Assist:Merchants:{i}:ConfirmWithinDays must be between 1 and 30.");
            }
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
