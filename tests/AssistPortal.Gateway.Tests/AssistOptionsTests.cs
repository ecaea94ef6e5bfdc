using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AssistPortal.Gateway.Tests;

public sealed class AssistOptionsTests
{
    [Fact]
    public void Options_Good_Bind()
    {
        var options = Bind(Good());

        Assert.Equal(new Uri("https://payments.example.org"), options.Address);
        Assert.Equal(TimeSpan.FromSeconds(20), options.QueryTimeout);
        Assert.Equal(TimeSpan.FromSeconds(60), options.CommandTimeout);
        Assert.Equal(111111, Assert.Single(options.Merchants).Id);
    }

    [Fact]
    public void Options_EverythingWrong_SaysAllAtOnceWithoutAnyValue()
    {
        var settings = Good();
        settings["Assist:Address"] = "http://payments.example.org/?password=must-not-leak";
        settings["Assist:QueryTimeout"] = "00:02:01";
        settings["Assist:CommandTimeout"] = "00:00:00";
        settings["Assist:Merchants:0:Login"] = "login-must-not-leak-and-too-long";
        settings["Assist:Merchants:0:Password"] = "";
        settings["Assist:Merchants:1:Id"] = "111111";
        settings["Assist:Merchants:1:Login"] = "";
        settings["Assist:Merchants:1:Password"] = "must-not-leak";
        settings["Assist:Merchants:2:Id"] = "-5";
        settings["Assist:Merchants:2:Login"] = "login";
        settings["Assist:Merchants:2:Password"] = "must-not-leak";

        var errors = Assert.Throws<OptionsValidationException>(() => Bind(settings)).Failures.ToList();

        Assert.Equal(
            [
                "Assist:Address must be https: passwords would travel in the clear. Plain http is allowed only to this machine itself.",
                "Assist:Address must have no user name, query or fragment.",
                "Assist:QueryTimeout must be between 1 and 120 seconds.",
                "Assist:CommandTimeout must be between 1 and 300 seconds.",
                "Assist:Merchants:0 (Id 111111): Login must have 1 to 20 characters.",
                "Assist:Merchants:0 (Id 111111): Password is missing.",
                "Assist:Merchants:1 (Id 111111): Login must have 1 to 20 characters.",
                "Assist:Merchants:2 (Id -5): Id must be the positive Merchant_ID.",
                "Assist:Merchants names merchant 111111 more than once.",
            ],
            errors);
    }

    [Fact]
    public void Options_Nothing_AsksForAddressAndMerchant() =>
        Assert.Equal(2, Assert.Throws<OptionsValidationException>(() => Bind([])).Failures.Count());

    [Theory]
    [InlineData("payments.example.org")]
    [InlineData("/relative")]
    [InlineData("ftp://payments.example.org")]
    [InlineData("http://payments.example.org")]
    [InlineData("https://user:pass@payments.example.org")]
    public void Address_Unusable_IsRefused(string address)
    {
        var settings = Good();
        settings["Assist:Address"] = address;

        Assert.Single(Assert.Throws<OptionsValidationException>(() => Bind(settings)).Failures);
    }

    [Theory]
    [InlineData("http://localhost:5180")]
    [InlineData("http://127.0.0.1:5180/")]
    [InlineData("http://[::1]:5180")]
    public void Address_PlainHttpToThisMachine_IsTaken(string address)
    {
        var settings = Good();
        settings["Assist:Address"] = address;

        Assert.Equal(new Uri(address), Bind(settings).Address);
    }

    private static Dictionary<string, string?> Good() => new()
    {
        ["Assist:Address"] = "https://payments.example.org",
        ["Assist:Merchants:0:Id"] = "111111",
        ["Assist:Merchants:0:Login"] = "login",
        ["Assist:Merchants:0:Password"] = "password",
    };

    private static AssistOptions Bind(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        using var services = new ServiceCollection().AddLogging().AddAssistGateway(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<AssistOptions>>().Value;
    }
}
