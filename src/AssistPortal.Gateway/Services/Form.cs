using System.Globalization;
using AssistPortal.Protocol;

namespace AssistPortal.Gateway;

/// <summary>The fields of a request in the form interface (protocol §1.2, §1.3).</summary>
internal sealed class Form
{
    private const int Xml = 3;
    private const int Json = 5;
    private readonly List<KeyValuePair<string, string>> _fields = [];

    private Form(AssistMerchant merchant, int format)
    {
        Add("Merchant_ID", merchant.Id).Add("Login", merchant.Login).Add("Password", merchant.Password).Add("Format", format).Add("Language", "RU");
    }

    /// <summary>The request's body; may be sent again.</summary>
    public FormUrlEncodedContent ToContent() => new(_fields);

    /// <summary>orderstate, answered in XML: the one shape that is known from a real answer.</summary>
    public static Form Of(OrderStateQuery query, AssistMerchant merchant) =>
        new Form(merchant, Xml).Add("Ordernumber", query.OrderNumber).AddPeriod(query.From, query.Until);

    /// <summary>orderresult, answered in JSON, which is documented whole and alone has the 3-D Secure data.</summary>
    public static Form Of(OrderResultQuery query, AssistMerchant merchant)
    {
        var form = new Form(merchant, Json);
        form = query.Billnumber is { } billnumber ? form.Add("Billnumber", billnumber.Plain) : form.Add("Ordernumber", query.OrderNumber!);
        return form.AddPeriod(query.From, query.Until);
    }

    /// <summary>resultbydate in the format of the query.</summary>
    public static Form Of(ResultByDateQuery query, AssistMerchant merchant) =>
        new Form(merchant, (int)query.Format)
            .Add("TestMode", merchant.TestMode ? 1 : 0)
            .Add("DateTimeMode", (int)query.Date)
            .AddPeriod(query.From, query.Until, ResultByDateQuery.MaxWindow);

    /// <summary>charge, answered in XML.</summary>
    public static Form Of(ChargeCommand command, AssistMerchant merchant) =>
        new Form(merchant, Xml).Add("Billnumber", command.Billnumber).AddMoney(command.Amount).AddClientIp(command.ClientIp);

    /// <summary>cancel, answered in XML.</summary>
    public static Form Of(CancelCommand command, AssistMerchant merchant) =>
        new Form(merchant, Xml)
            .Add("Billnumber", command.Billnumber)
            .AddMoney(command.Amount)
            .Add("CancelReason", (int)command.Reason)
            .AddClientIp(command.ClientIp);

    private Form Add<T>(string name, T value) where T : notnull
    {
        _fields.Add(new(name, value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : value.ToString()!));
        return this;
    }

    private Form AddMoney(Money? money) => money is { } amount ? Add("Amount", amount.ToWire()).Add("Currency", amount.Currency) : this;

    private Form AddClientIp(string? address) => address is null ? this : Add("ClientIP", address);

    /// <summary>
    /// The wire's periods have minutes: the start is cut, the end rounded up, so that nothing between falls out, yet never beyond the longest window.
    /// </summary>
    private Form AddPeriod(DateTimeOffset from, DateTimeOffset? until, TimeSpan? longest = null)
    {
        var start = Minute(from);
        AddInstant("Start", start);
        if (until is not { } end)
        {
            return this;
        }

        var stop = Minute(end) < end ? Minute(end).AddMinutes(1) : end;
        return AddInstant("End", longest is { } window && stop - start > window ? start + window : stop);
    }

    private Form AddInstant(string prefix, DateTimeOffset instant)
    {
        var utc = instant.UtcDateTime;
        return Add(prefix + "Year", utc.Year).Add(prefix + "Month", utc.Month).Add(prefix + "Day", utc.Day).Add(prefix + "Hour", utc.Hour).Add(prefix + "Min", utc.Minute);
    }

    private static DateTimeOffset Minute(DateTimeOffset instant) => instant.AddTicks(-(instant.UtcTicks % TimeSpan.TicksPerMinute));
}
