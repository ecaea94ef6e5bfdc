using System.Collections;
using System.Reflection;
using AssistPortal.Core;
using AssistPortal.Core.Merchants;
using AssistPortal.Gateway;
using AssistPortal.Web.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace AssistPortal.Web.Tests.Setup;

/// <summary>appsettings.sample.json is what people copy, so it says everything there is to set, and nothing else.</summary>
public sealed class SampleSettingsTests
{
    private static readonly string[] FrameworkKeys = ["Logging:", "AllowedHosts", "Urls", "OTEL_EXPORTER_OTLP_ENDPOINT"];

    private static readonly IConfigurationRoot Sample = new ConfigurationBuilder().AddJsonFile(Path.Combine(Root(), "appsettings.sample.json")).Build();

    [Fact]
    public void Sample_InProduction_IsValid()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(Sample);
        builder.AddPortalWeb();
        using var services = builder.Services.BuildServiceProvider();

        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.Equal("My shop", services.GetRequiredService<MerchantDirectory>().Find(100001)?.Name);
    }

    [Fact]
    public void Sample_Names_EverySetting()
    {
        var missing = Settings().Except(Keys());

        Assert.Empty(missing);
    }

    [Fact]
    public void Sample_Names_NothingElse()
    {
        var unknown = Keys().Except(Settings()).Where(key => !FrameworkKeys.Any(known => key.StartsWith(known, StringComparison.Ordinal)));

        Assert.Empty(unknown);
    }

    // A new options class is found by its Section constant; what Core reads from the gateway's section is added by hand.
    private static IEnumerable<string> Settings() =>
        new[] { typeof(AssistOptions).Assembly, typeof(Actor).Assembly, typeof(ProxyOptions).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Select(type => (Owner: type, Section: type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string))
            .Where(options => options.Section is not null)
            .Append((Owner: typeof(MerchantsOptions), Section: AssistOptions.Section))
            .SelectMany(options => Leaves(options.Owner, options.Section!))
            .Distinct();

    private static IEnumerable<string> Leaves(Type type, string path) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite || property.PropertyType.IsAssignableTo(typeof(IDictionary))).SelectMany(property =>
    {
        var key = $"{path}:{property.Name}";
        if (property.PropertyType.IsAssignableTo(typeof(IDictionary)))
        {
            return Sample.GetSection(key).GetChildren().Select(entry => entry.Path);
        }

        var element = property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable)) ? property.PropertyType.GetGenericArguments()[0] : null;
        return element switch
        {
            null => [key],
            _ when element == typeof(string) => [$"{key}:0"],
            _ => Leaves(element, $"{key}:0"),
        };
    });

    private static IEnumerable<string> Keys() => Sample.AsEnumerable().Where(entry => entry.Value is not null).Select(entry => entry.Key);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AssistPortal.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The repository isn't above the tests.");
        }

        return folder.FullName;
    }
}
