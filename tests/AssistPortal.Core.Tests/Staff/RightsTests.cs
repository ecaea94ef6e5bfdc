using AssistPortal.Core.Staff;
using Xunit;

namespace AssistPortal.Core.Tests.Staff;

public sealed class RightsTests
{
    private static readonly int[] Merchants = [1, 2, 3];

    private static Rights Sum(params (Permission[] Permissions, int? Merchant)[] grants) =>
        Rights.Sum(grants.Select(grant => ((IEnumerable<Permission>)grant.Permissions, grant.Merchant)), Merchants);

    [Fact]
    public void Sum_SeveralGrants_AddUpPerMerchant()
    {
        var rights = Sum(([Permission.View, Permission.Cancel], 1), ([Permission.View], 2), ([Permission.Export], 9));

        Assert.Equal([1, 2], rights.MerchantsOf(Permission.View).Order());
        Assert.Equal([1], rights.MerchantsOf(Permission.Cancel));
        Assert.Empty(rights.MerchantsOf(Permission.Export));
        Assert.False(rights.Everywhere(Permission.View));
    }

    [Fact]
    public void Cover_EveryMerchantByName_IsNotEveryMerchantToCome()
    {
        var named = Sum(([Permission.View], 1), ([Permission.View], 2), ([Permission.View], 3));
        var everywhere = Sum(([Permission.View], null));

        Assert.True(named.Cover([Permission.View], 2));
        Assert.False(named.Cover([Permission.View], null));
        Assert.False(named.Cover(everywhere));
        Assert.True(everywhere.Cover(named));
        Assert.False(everywhere.Cover([Permission.View, Permission.Cancel], 2));
    }

    [Fact]
    public void And_TwoPeople_IsWhatBothHold()
    {
        var both = Sum(([Permission.View, Permission.Cancel], null)).And(Sum(([Permission.View, Permission.Export], 2)));

        Assert.Equal([2], both.MerchantsOf(Permission.View));
        Assert.Empty(both.MerchantsOf(Permission.Cancel));
        Assert.Empty(both.MerchantsOf(Permission.Export));
        Assert.False(both.Everywhere(Permission.View));
    }

    [Fact]
    public void ReadyRoles_MoneyAndStaff_AreWithFewAndSeparate()
    {
        StaffRole[] With(Permission permission) => [.. StaffRoles.Ready.Where(role => role.Permissions().Contains(permission)).Order()];

        Assert.Equal(Enum.GetValues<StaffRole>(), StaffRoles.Ready.Order());
        Assert.Equal([StaffRole.Operator, StaffRole.Owner, StaffRole.Supervisor], With(Permission.Cancel));
        Assert.Equal([StaffRole.Operator, StaffRole.Owner, StaffRole.Supervisor], With(Permission.Confirm));
        Assert.Equal([StaffRole.Operator, StaffRole.Owner, StaffRole.Supervisor], With(Permission.PersonalData));
        Assert.Equal([StaffRole.Owner], With(Permission.ManageStaff));
        Assert.Equal([StaffRole.Owner], With(Permission.ManagePolicies));
        Assert.Equal(Enum.GetValues<StaffRole>().Order(), With(Permission.View));
    }
}
