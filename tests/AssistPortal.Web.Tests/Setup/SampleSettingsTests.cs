using System.Reflection;
using AssistPortal.Core.Actions;
using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Sync;
using AssistPortal.Gateway;
using AssistPortal.Web.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace AssistPortal.Web.Tests.Setup;

/// <summary>appsettings.sample.json can't rot: it names every setting, and with it a production portal would start.</summary>
public sealed class SampleSettingsTests
{
    private static readonly string Root = FindRoot();

    [Fact]
    public void Sample_BoundInProduction_PassesEveryValidator()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production, ContentRootPath = Path.GetTempPath() });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddJsonFile(Path.Combine(Root, "appsettings.sample.json"));
        builder.AddPortalWeb();
        using var app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate();
    }

    [Theory]
    [InlineData(typeof(AssistOptions), AssistOptions.Section)]
    [InlineData(typeof(AssistMerchant), "Assist:Merchants:0")]
    [InlineData(typeof(MerchantOptions), "Assist:Merchants:0")]
    [InlineData(typeof(DatabaseOptions), DatabaseOptions.Section)]
    [InlineData(typeof(ActionOptions), ActionOptions.Section)]
    [InlineData(typeof(SyncOptions), SyncOptions.Section)]
    [InlineData(typeof(ProxyOptions), ProxyOptions.Section)]
    [InlineData(typeof(KeyProtectionOptions), KeyProtectionOptions.Section)]
    [InlineData(typeof(EmbeddedSandboxOptions), EmbeddedSandboxOptions.Section)]
    [InlineData(typeof(DemoOptions), DemoOptions.Section)]
    public void Sample_EverySettingOfTheClass_IsNamed(Type options, string section)
    {
        var sample = new ConfigurationBuilder().AddJsonFile(Path.Combine(Root, "appsettings.sample.json")).Build();
        var named = sample.GetSection(section).GetChildren().Select(child => child.Key).ToHashSet(StringComparer.Ordinal);
        var missing = options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).Select(property => property.Name).Where(name => !named.Contains(name));
        Assert.Empty(missing);
    }

    [Fact]
    public void Projects_ReferenceOnlyWhatTheHouseAllows()
    {
        var allowed = new Dictionary<string, string[]>
        {
            ["Protocol"] = [],
            ["Gateway"] = ["Protocol"],
            ["Core"] = ["Gateway"],
            ["Sandbox"] = ["Protocol"],
            ["Web"] = ["Core", "Sandbox"],
        };
        foreach (var (project, references) in allowed)
        {
            var file = System.Xml.Linq.XDocument.Load(Path.Combine(Root, "src", $"AssistPortal.{project}", $"AssistPortal.{project}.csproj"));
            var found = file.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value).Split('.')[1]);
            Assert.Equal(references.Order(), found.Order());
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AssistPortal.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
