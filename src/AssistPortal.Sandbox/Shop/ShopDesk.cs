using System.Globalization;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.Shop;

/// <summary>The demo shop's server.</summary>
internal sealed class ShopDesk(SandboxDb db, SandboxClock clock)
{
    /// <summary>The shops of the demo company.</summary>
    public static readonly IReadOnlyList<Merchant> Merchants = [DemoMerchants.Get(900001), DemoMerchants.Get(900002), DemoMerchants.Get(900003)];

    private const int CallsShown = 50;
    private const int MostOfAGood = 9;
    private static readonly ErrorCode WrongMerchant = new(5, 100);
    private static readonly ErrorCode WrongOrder = new(5, 107);
    private static readonly ErrorCode WrongSeal = new(5, 158);

    /// <summary>Takes a basket.</summary>
    /// <returns>What is wrong with it, or nothing and the order.</returns>
    public LocalText? Place(IFormCollection form, out ShopOrder order)
    {
        order = null!;
        var lines = new List<ShopLine>();
        foreach (var good in ShopGood.All)
        {
            var text = form[good.Code].ToString();
            var quantity = 0;
            if (text.Length > 0 && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out quantity) || quantity > MostOfAGood))
            {
                return new("Количество каждого товара от 0 до 9", "Take 0 to 9 of each");
            }

            if (quantity > 0)
            {
                lines.Add(new ShopLine(good.Code, quantity));
            }
        }

        if (lines.Count == 0)
        {
            return new("Корзина пуста: возьмите хотя бы один товар", "The basket is empty: take one thing at least");
        }

        if (Merchants.FirstOrDefault(known => known.Id.ToString(CultureInfo.InvariantCulture) == form["merchant"]) is not { } merchant)
        {
            return new("Выберите магазин", "Choose a shop");
        }

        var currency = form["currency"].ToString();
        if (!merchant.Currencies.Contains(currency))
        {
            return new("Доллары и евро принимает только Гипермаркет (900003)", "Only the hypermarket (900003) takes dollars and euros");
        }

        var amount = lines.Aggregate(Money.Zero(currency), (sum, line) => sum + line.Total(currency));
        var points = form["points"].ToString().Trim();
        if (points.Length > 0 && (!merchant.Spasibo || currency != Merchant.Currency || !Money.TryParse(points, currency, out _)))
        {
            return new("Баллы «Спасибо» берёт только Гипермаркет (900003) и только за рубли", "Only the hypermarket (900003) takes Spasibo points, for roubles alone");
        }

        var twoStage = form["delay"].ToString() switch { "0" => false, "1" => true, _ => merchant.TwoStageByDefault };
        var now = clock.GetUtcNow();
        var draft = new ShopOrder(
            "", merchant.Id, amount, twoStage, points.Length > 0 ? points : null, form["cheque"] == "1", form["customer"] == "1", lines);
        order = db.Write(session => ShopTable.Insert(session, draft, now));
        return null;
    }

    public ShopOrder? Find(string number) => db.Read(session => ShopTable.Find(session, number));

    /// <summary>A buyer came back: written down, believed in nothing.</summary>
    public void Returned(IQueryCollection query, string path) => Keep(new ShopCall(
        clock.GetUtcNow(), ShopCall.Return, query["ordernumber"].ToString(), ErrorCode.None,
        string.Join('\n', query.Select(parameter => $"{parameter.Key}={parameter.Value}").Prepend($"GET {path}"))));

    /// <summary>The gateway's push: checked, written down, then answered.</summary>
    public ErrorCode Receive(IFormCollection form)
    {
        var verdict = Check(form);
        Keep(new ShopCall(
            clock.GetUtcNow(), ShopCall.Push, form["ordernumber"].ToString(), verdict,
            string.Join('\n', form.Select(field => $"{field.Key}={field.Value}"))));
        return verdict;
    }

    public IReadOnlyList<ShopCall> Received() => db.Read(session => ShopTable.Latest(session, CallsShown));

    private ErrorCode Check(IFormCollection form)
    {
        if (Merchants.FirstOrDefault(known => known.Id.ToString(CultureInfo.InvariantCulture) == form["merchant_id"]) is not { } merchant)
        {
            return WrongMerchant;
        }

        var sealedText = $"{form["merchant_id"]}{form["ordernumber"]}{form["amount"]}{form["currency"]}{form["orderstate"]}";
        if (!Checkvalue.Fits(Checkvalue.Of(merchant.Company.SecretWord, sealedText), form["checkvalue"]))
        {
            return WrongSeal;
        }

        return Find(form["ordernumber"].ToString()) is { } order && order.MerchantId == merchant.Id ? ErrorCode.None : WrongOrder;
    }

    private void Keep(ShopCall call) => db.Write(session => ShopTable.Insert(session, call));
}
