using System.Globalization;
using AssistPortal.Core;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Staff;
using AssistPortal.Web.Components.Shared;
using AssistPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Pages.Staff;

/// <summary>What the staff pages say in the same words.</summary>
internal static class StaffWords
{
    /// <summary>Permissions in the order and the groups in which people meet them.</summary>
    public static readonly IReadOnlyList<(string Group, IReadOnlyList<Permission> Permissions)> Groups =
    [
        ("GroupLook", [Permission.View, Permission.PersonalData, Permission.Reveal, Permission.Export]),
        ("GroupMoney", [Permission.Confirm, Permission.Cancel, Permission.Approve, Permission.Bulk, Permission.Freeze]),
        ("GroupBooks", [Permission.Reconcile, Permission.WriteOff, Permission.ClosePeriod]),
        ("GroupRule", [Permission.ManageStaff, Permission.ManagePolicies, Permission.Audit, Permission.GatewayLog, Permission.RepeatPush]),
    ];

    /// <summary>The roles the giver may give, with the values of their options.</summary>
    public static IEnumerable<(string Value, string Name)> Choices(Actor actor, IEnumerable<OwnRole> ownRoles, IStringLocalizer<FrameText> texts) =>
    [
        .. StaffRoles.Ready.Where(role => role.Permissions().All(actor.May)).Select(role => (role.ToString(), RoleText.Of(role, texts))),
        .. ownRoles.Where(role => role.Permissions.All(actor.May)).Select(role => (role.Id.ToString("D"), role.Name)),
    ];

    /// <summary>What was chosen in a form: the value of a role's option, a merchant or none, and the last day or none.</summary>
    public static RoleGrant Grant(string role, string merchant, DateOnly? lastDay, TimeZoneInfo zone)
    {
        int? merchantId = int.TryParse(merchant, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        DateTimeOffset? end = lastDay is { } day ? EndOf(day, zone) : null;
        return Guid.TryParse(role, out var own) ? new RoleGrant(null, own, merchantId, end) : new RoleGrant(Enum.Parse<StaffRole>(role), null, merchantId, end);
    }

    public static string Merchant(int? merchantId, MerchantDirectory merchants, IStringLocalizer<StaffText> texts) =>
        merchantId is { } id ? merchants.Find(id)?.Name ?? id.ToString(CultureInfo.InvariantCulture) : texts["Everywhere"];

    /// <summary>An end is the first instant without the role; people name the last day with it.</summary>
    public static string Until(DateTimeOffset end, TimeZoneInfo zone, IStringLocalizer<StaffText> texts) =>
        texts["Until", LocalTimes.Date(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(end.AddTicks(-1), zone).DateTime))];

    /// <summary>The first instant after a day.</summary>
    public static DateTimeOffset EndOf(DateOnly lastDay, TimeZoneInfo zone)
    {
        var midnight = lastDay.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
