using System.Net;
using System.Text.RegularExpressions;

namespace AssistPortal.Sandbox.Tests.PayPages;

/// <summary>A buyer without scripts: sends the forms of the page he sees, follows where it leads, and reads.</summary>
internal sealed partial class Buyer(RunningSandbox sandbox)
{
    public static readonly (string Name, string Value)[] Known =
        [("Lastname", "Иванова"), ("Firstname", "Мария"), ("Email", "maria@example.com")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The page seen last.</summary>
    public string Page { get; private set; } = "";

    /// <summary>Path and query of that page.</summary>
    public string Address { get; private set; } = "";

    public HttpStatusCode Status { get; private set; }

    public string Cfsid => WebUtility.HtmlDecode(HiddenCfsid().Match(Page).Groups[1].Value);

    public string Step => HiddenStep().Match(Page).Groups[1].Value;

    public string Billnumber => BillnumberShown().Match(Page).Value;

    /// <summary>Comes from the shop with a request that carries the buyer's data.</summary>
    public static async Task<Buyer> ComesAsync(RunningSandbox sandbox, int merchant, params (string Name, string Value)[] more)
    {
        var buyer = new Buyer(sandbox);
        await buyer.OpenAsync(merchant, [.. Known, .. more]);
        return buyer;
    }

    public Task OpenAsync(int merchant, params (string Name, string Value)[] more) =>
        SendAsync("/pay/order.cfm", Request(merchant, more));

    /// <summary>A request for 100.00 RUB; a later value replaces an earlier one of the same name.</summary>
    public static (string Name, string Value)[] Request(int merchant, params (string Name, string Value)[] more) =>
        Last([
            ("Merchant_ID", merchant.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("OrderNumber", "A-1"), ("OrderAmount", "100.00"), .. more,
        ]);

    public Task PayAsync(string card, string expiry = "12/30", string cvc = "123", string holder = "MARIA IVANOVA") =>
        SubmitAsync("card", ("cardnumber", card), ("expiry", expiry), ("cvc2", cvc), ("cardholder", holder));

    /// <summary>Sends a form of the page seen.</summary>
    public Task SubmitAsync(string form, params (string Name, string Value)[] fields) =>
        SendAsync($"/pay/{form}.cfm", Last([("CFSID", Cfsid), ("step", Step), .. fields]));

    /// <summary>Loads a page, or the page seen once more.</summary>
    public async Task LoadAsync(string? address = null)
    {
        using var response = await sandbox.Http.GetAsync(address ?? Address, Token);
        await ReadAsync(response);
    }

    /// <summary>The last value of each name.</summary>
    private static (string Name, string Value)[] Last((string Name, string Value)[] fields) =>
        [.. fields.GroupBy(field => field.Name).Select(group => group.Last())];

    private async Task SendAsync(string path, (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await sandbox.Http.PostAsync(path, form, Token);
        await ReadAsync(response);
    }

    private async Task ReadAsync(HttpResponseMessage response)
    {
        if (response.StatusCode is HttpStatusCode.Found or HttpStatusCode.SeeOther)
        {
            await LoadAsync(response.Headers.Location!.OriginalString);
            return;
        }

        Status = response.StatusCode;
        Address = response.RequestMessage!.RequestUri!.PathAndQuery;
        Page = await response.Content.ReadAsStringAsync(Token);
    }

    [GeneratedRegex("name=\"CFSID\" value=\"([^\"]+)\"")]
    private static partial Regex HiddenCfsid();

    [GeneratedRegex("name=\"step\" value=\"(\\d+)\"")]
    private static partial Regex HiddenStep();

    [GeneratedRegex(@"\b5\d{15}\b")]
    private static partial Regex BillnumberShown();
}
