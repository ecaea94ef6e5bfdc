using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Sync;
using Xunit;

namespace AssistPortal.Core.Tests.Data;

public sealed class OptionsTests
{
    [Fact]
    public void Database_TwoThingsWrong_NamesBoth()
    {
        var result = new DatabaseOptionsValidator().Validate(null, new DatabaseOptions { ConnectionString = "no such=thing", MigrationTimeout = TimeSpan.Zero });

        Assert.Collection(
            result.Failures!,
            failure => Assert.StartsWith("Database:ConnectionString", failure, StringComparison.Ordinal),
            failure => Assert.StartsWith("Database:MigrationTimeout", failure, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, "Data Source=data/portal.db")]
    [InlineData(DatabaseProvider.Postgres, "Host=db;Database=portal;Username=portal")]
    public void Database_UsualSettings_AreAccepted(DatabaseProvider provider, string connectionString) =>
        Assert.True(new DatabaseOptionsValidator().Validate(null, new DatabaseOptions { Provider = provider, ConnectionString = connectionString }).Succeeded);

    [Fact]
    public void Merchants_EverythingWrong_NamesEachKey()
    {
        var merchant = new MerchantOptions { Id = 1, Name = " ", TimeZone = "Mars/Olympus", ConfirmWithinDays = 31 };

        var result = new MerchantsOptionsValidator().Validate(null, new MerchantsOptions { Merchants = [merchant, new MerchantOptions { Id = 1, Name = "Shop" }] });

        Assert.Equal(4, result.Failures!.Count());
        Assert.Contains(result.Failures!, failure => failure.Contains("Assist:Merchants:0:TimeZone", StringComparison.Ordinal));
    }

    [Fact]
    public void Merchants_None_IsRefused() => Assert.True(new MerchantsOptionsValidator().Validate(null, new MerchantsOptions()).Failed);

    [Fact]
    public void Sync_OutOfRange_NamesEachKey()
    {
        var options = new SyncOptions { Interval = TimeSpan.Zero, Overlap = TimeSpan.FromHours(13), BackfillDays = 0, LongestPause = TimeSpan.Zero };

        Assert.Equal(4, new SyncOptionsValidator().Validate(null, options).Failures!.Count());
        Assert.True(new SyncOptionsValidator().Validate(null, new SyncOptions()).Succeeded);
    }
}
