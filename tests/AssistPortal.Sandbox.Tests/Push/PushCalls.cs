using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AssistPortal.Sandbox.Tests.Push;

/// <summary>The control calls of the push, and waiting for what becomes of a delivery.</summary>
internal static class PushCalls
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task SetPushAsync(this RunningSandbox sandbox, int merchant, object setting)
    {
        using var response = await sandbox.Http.PutAsJsonAsync($"/control/merchants/{merchant}/push", setting, Token);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Token));
    }

    public static async Task<(HttpStatusCode Status, string Text)> TrySetPushAsync(this RunningSandbox sandbox, int merchant, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await sandbox.Http.PutAsync($"/control/merchants/{merchant}/push", content, Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }

    /// <summary>Newest first.</summary>
    public static async Task<List<JsonElement>> DeliveriesAsync(this RunningSandbox sandbox, string query = "") =>
        [.. (await sandbox.GetAsync($"/control/deliveries{query}")).GetProperty("deliveries").EnumerateArray()];

    /// <summary>The delivery of an operation once it looks so.</summary>
    public static async Task<JsonElement> DeliveryAsync(this RunningSandbox sandbox, string operation, Func<JsonElement, bool> looks)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await sandbox.DeliveriesAsync($"?billnumber={operation}") is [var delivery] && looks(delivery))
            {
                return delivery;
            }

            limit.Token.ThrowIfCancellationRequested();
        }
    }

    public static Task<JsonElement> DeliveredAsync(this RunningSandbox sandbox, string operation) =>
        sandbox.DeliveryAsync(operation, delivery => delivery.GetProperty("state").GetString() == "delivered");

    public static Task<JsonElement> TriedAsync(this RunningSandbox sandbox, string operation, int attempts) =>
        sandbox.DeliveryAsync(operation, delivery => delivery.GetProperty("attempts").GetArrayLength() == attempts);

    public static string Verdict(this JsonElement delivery) => delivery.GetProperty("attempts").EnumerateArray().Last().GetProperty("verdict").GetString()!;
}
