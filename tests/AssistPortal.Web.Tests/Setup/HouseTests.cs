using System.Reflection;
using AssistPortal.Core;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using AssistPortal.Sandbox;
using AssistPortal.Web.Account;
using Xunit;

namespace AssistPortal.Web.Tests.Setup;

/// <summary>Web → Core → Gateway → Protocol; Sandbox → Protocol; Web → Sandbox only to host it.</summary>
public sealed class HouseTests
{
    private static readonly Assembly Protocol = typeof(Money).Assembly;
    private static readonly Assembly Gateway = typeof(AssistClient).Assembly;
    private static readonly Assembly Core = typeof(Actor).Assembly;
    private static readonly Assembly Sandbox = typeof(SandboxApp).Assembly;
    private static readonly Assembly Web = typeof(SignInDesk).Assembly;

    public static TheoryData<string, string[]> Dependencies => new()
    {
        { Name(Protocol), [] },
        { Name(Gateway), [Name(Protocol)] },
        { Name(Core), [Name(Gateway), Name(Protocol)] },
        { Name(Sandbox), [Name(Protocol)] },
        { Name(Web), [Name(Core), Name(Gateway), Name(Protocol), Name(Sandbox)] },
    };

    [Theory]
    [MemberData(nameof(Dependencies))]
    public void Project_NeedsOnly_WhatTheHouseAllows(string project, string[] allowed)
    {
        var needed = Referenced(Assembly.Load(project)).Where(name => name.StartsWith("AssistPortal.", StringComparison.Ordinal));

        Assert.Empty(needed.Except(allowed));
    }

    [Fact]
    public void Blazor_IsKnown_ToWebAlone()
    {
        Assert.Contains("MudBlazor", Referenced(Web));
        foreach (var assembly in new[] { Protocol, Gateway, Core, Sandbox })
        {
            Assert.DoesNotContain(Referenced(assembly), name => name == "MudBlazor" || name.StartsWith("Microsoft.AspNetCore.Components", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Gateway_KnowsNeither_DatabaseNorPages() =>
        Assert.DoesNotContain(Referenced(Gateway), name => name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    private static string Name(Assembly assembly) => assembly.GetName().Name!;

    private static IEnumerable<string> Referenced(Assembly assembly) => assembly.GetReferencedAssemblies().Select(reference => reference.Name!);
}
