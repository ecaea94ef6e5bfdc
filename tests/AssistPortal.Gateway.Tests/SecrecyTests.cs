using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using AssistPortal.Gateway.Tests.Gateways;
using AssistPortal.Protocol;
using Microsoft.AspNetCore.Http;

namespace AssistPortal.Gateway.Tests;

/// <summary>Nothing secret leaves the client except to the gateway: not by log, failure, exception or span.</summary>
public sealed class SecrecyTests
{
    private const string Body = "body-must-not-leak";
    private const string Secret = "secretword-must-not-leak";

    public static TheoryData<string> Gateways => ["answers", "errs", "talks HTML", "fails", "breaks off", "is away"];

    [Theory]
    [MemberData(nameof(Gateways))]
    public async Task Secrets_WhateverTheGatewayDoes_StayOutOfLogsFailuresAndSpans(string behaviour)
    {
        var spans = new ConcurrentQueue<string>();
        using var trace = new Activity("test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                // The listener hears every test of the process.
                if (span.TraceId == trace.TraceId)
                {
                    spans.Enqueue($"{span.DisplayName} {string.Join(", ", span.TagObjects)} {string.Join(", ", span.Events.SelectMany(happening => happening.Tags))}");
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var gateway = await ScriptedGateway.StartAsync(context => BehaveAsync(context, behaviour));
        await using var portal = new GatewayUnderTest(behaviour == "is away" ? new Uri("http://127.0.0.1:1") : gateway.Address, Secret);

        var told = new List<string>();
        foreach (var call in Calls(portal.Client))
        {
            told.Add((await call()).ToString()!);
        }

        var logged = portal.Log.Lines.Select(line => line.Text).ToList();
        Assert.Equal(6, logged.Count(line => line.Contains(" of merchant 111111 about ", StringComparison.Ordinal)));
        Assert.Equal(6, spans.Count(span => span.StartsWith("assist ", StringComparison.Ordinal)));
        Assert.All(logged.Concat(spans).Concat(told), text => Assert.DoesNotContain("must-not-leak", text, StringComparison.Ordinal));
        Assert.All(logged, line => Assert.DoesNotContain("System.Net.Http.HttpClient.assist", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Log_OfACommand_HasServiceMerchantBillnumberVerdictAndCode()
    {
        await using var gateway = await ScriptedGateway.AnsweringAsync(Fixture.Read("charge/declined.xml"));
        await using var portal = new GatewayUnderTest(gateway.Address);

        await portal.Client.ChargeAsync(new(GatewayUnderTest.MerchantId, new("511111100000001"), null), TestContext.Current.CancellationToken);

        var line = Assert.Single(portal.Log.Lines, line => line.Text.StartsWith("AssistPortal.Gateway", StringComparison.Ordinal)).Text;
        Assert.Contains("charge of merchant 111111 about 511111100000001: Declined (response code AS100", line, StringComparison.Ordinal);
    }

    private static IEnumerable<Func<Task<object>>> Calls(AssistClient client)
    {
        const int merchant = GatewayUnderTest.MerchantId;
        var bill = new Billnumber("511111100000001");
        var from = DateTimeOffset.Parse("2026-03-02T10:00:00Z", CultureInfo.InvariantCulture);
        var token = TestContext.Current.CancellationToken;
        var cancel = new CancelCommand(merchant, bill, null, CancelReason.Shop);
        yield return async () => await client.OrderStateAsync(new(merchant, "1", from), token);
        yield return async () => await client.OrderResultAsync(new(merchant, bill, null, from), token);
        yield return async () => await client.ResultByDateAsync(new(merchant, from, from.AddHours(1), WindowDate.OperationEnd), token);
        yield return async () => await client.ChargeAsync(new(merchant, bill, null), token);
        yield return async () => await client.CancelAsync(cancel, token);
        yield return async () => await client.WsCancelAsync(cancel, token);
    }

    private static async Task BehaveAsync(HttpContext context, string behaviour)
    {
        switch (behaviour)
        {
            case "answers":
                await ScriptedGateway.WriteAsync(context, Fixture.Read("charge/approved.xml").Replace("BANK", Body, StringComparison.Ordinal).Replace("Name", Body, StringComparison.Ordinal));
                break;
            case "errs":
                await ScriptedGateway.WriteAsync(context, "<result firstcode='7' secondcode='141'/>");
                break;
            case "talks HTML":
                await ScriptedGateway.WriteAsync(context, $"<html><p>{Body}<br>{GatewayUnderTest.Password}</html>");
                break;
            case "fails":
                context.Response.StatusCode = (int)HttpStatusCode.InternalServerError;
                await ScriptedGateway.WriteAsync(context, Body);
                break;
            default:
                context.Abort();
                break;
        }
    }
}
