using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Merchants;

/// <summary>What the portal knows of a merchant beside its credentials; read from the same entries of <c>Assist:Merchants</c>.</summary>
public sealed class MerchantOptions
{
    /// <summary>Merchant_ID.</summary>
    public int Id { get; set; }

    /// <summary>Name of the shop on screen.</summary>
    public string Name { get; set; } = "";

    /// <summary>IANA time zone in which its business day is counted.</summary>
    public string TimeZone { get; set; } = "Europe/Moscow";

    /// <summary>Days a Delayed order can wait for confirmation, 1–30; what the acquirer agreed to.</summary>
    public int ConfirmWithinDays { get; set; } = 4;

    /// <summary>Test or working mode.</summary>
    public bool TestMode { get; set; }
}

/// <summary>The entries of <c>Assist:Merchants</c> as the portal sees them.</summary>
public sealed class MerchantsOptions
{
    /// <summary>Merchants in the order of the configuration.</summary>
    public IList<MerchantOptions> Merchants { get; set; } = [];
}

/// <summary>A merchant.</summary>
/// <param name="Id">Merchant_ID.</param>
/// <param name="Name">Name of the shop.</param>
/// <param name="TimeZone">Zone of its business day.</param>
/// <param name="ConfirmWithin">Time a Delayed order can wait for confirmation.</param>
/// <param name="TestMode">Test or working mode.</param>
public sealed record Merchant(int Id, string Name, TimeZoneInfo TimeZone, TimeSpan ConfirmWithin, bool TestMode)
{
    /// <summary>The business date of an instant in the merchant's zone.</summary>
    public DateOnly BusinessDate(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZone).DateTime);
}

/// <summary>The merchants the portal works for, from the configuration.</summary>
public sealed class MerchantDirectory(IOptions<MerchantsOptions> options)
{
    private readonly Dictionary<int, Merchant> _byId = options.Value.Merchants.ToDictionary(
        merchant => merchant.Id,
        merchant => new Merchant(merchant.Id, merchant.Name, TimeZoneInfo.FindSystemTimeZoneById(merchant.TimeZone), TimeSpan.FromDays(merchant.ConfirmWithinDays), merchant.TestMode));

    /// <summary>All merchants, in the order of the configuration.</summary>
    public IReadOnlyCollection<Merchant> All => _byId.Values;

    /// <summary>Merchant_IDs of all.</summary>
    public IReadOnlyCollection<int> Ids => _byId.Keys;

    /// <summary>The merchant, or <see langword="null"/> when the configuration doesn't name it.</summary>
    public Merchant? Find(int merchantId) => _byId.GetValueOrDefault(merchantId);
}
