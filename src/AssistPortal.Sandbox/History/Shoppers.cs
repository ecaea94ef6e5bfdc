using System.Globalization;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.History;

/// <summary>Made-up buyers: who they are, what they buy, how they pay. The same <see cref="Random"/> gives the same buyers.</summary>
internal sealed class Shoppers(Random random)
{
    private static readonly Customer[] People =
    [
        new("Семёнов", "Пётр", "Алексеевич", "semenov@example.com"),
        new("Королёва", "Алёна", "Игоревна", "koroleva@example.com"),
        new("Иванова", "Мария", "Сергеевна", "ivanova@example.com"),
        new("Соловьёв", "Артём", "Фёдорович", "solovyov@example.com"),
        new("Ким", "Виктор", "", "kim@example.com"),
        new("Гусева", "Ольга", "Павловна", "guseva@example.com"),
        new("Бергман-Орлова", "Софья", "Львовна", "bergman@example.com"),
        new("Smith", "John", "", "john.smith@example.com"),
        new("Щербакова", "Надежда", "Юрьевна", "nadezhda@example.com"),
        new("Нурлан уулу", "Бекзат", "", "bekzat@example.com"),
        new("Журавлёв", "Семён", "Петрович", "zhuravlev@example.com"),
        new("Абдуллаева", "Зухра", "Маратовна", "zukhra@example.com"),
    ];

    private static readonly string[] Comments =
    [
        "", "", "", "", "", "Доставка до двери", "Позвонить за час", "Самовывоз, ул. Лётная, 5", "Подарочная упаковка", "Рейс SU 1234, 2 места",
        "=1+1", "<b>срочно</b>", "Скидка 10% \"друзьям\"; без чека", "+7 900 000-00-00", "Ёлка искусственная, 180 см",
    ];

    private static readonly TestCard[] Good =
        [.. TestCard.All.Where(card => card.Answer == ResponseCode.Completed && !card.Number.StartsWith("4276", StringComparison.Ordinal))];

    private static readonly TestCard[] Bad = [.. TestCard.All.Where(card => card.Answer.Kind == ResponseKind.Declined)];

    public Random Random => random;

    public TestCard GoodCard() => Good[random.Next(Good.Length)];

    public TestCard BadCard() => Bad[random.Next(Bad.Length)];

    public bool Chance(int percent) => random.Next(100) < percent;

    public Merchant Merchant() => DemoMerchants.All[random.Next(10) switch { < 5 => 0, < 7 => 1, _ => 2 }];

    /// <summary>What a buyer asks for; the shop gives the number when the order is made.</summary>
    public OrderDraft Draft(Merchant merchant)
    {
        var currency = merchant.Currencies.Count > 1 && Chance(20) ? (Chance(50) ? "USD" : "EUR") : Merchants.Merchant.Currency;
        var minor = currency == Merchants.Merchant.Currency ? random.Next(9_900, 2_500_000) : random.Next(500, 40_000);
        return new OrderDraft(
            merchant, "", new Money(Chance(60) ? minor / 100 * 100 : minor, currency),
            merchant.Id == 900003 ? Chance(30) : merchant.TwoStageByDefault, People[random.Next(People.Length)],
            Comments[random.Next(Comments.Length)],
            string.Create(CultureInfo.InvariantCulture, $"198.51.100.{random.Next(1, 255)}"));
    }

    /// <summary>The draft under the shop's next order number.</summary>
    public static OrderDraft Numbered(Session session, OrderDraft draft)
    {
        var prefix = draft.Merchant.Id switch { 900001 => "L", 900002 => "AV", 900003 => "GM", _ => "N" };
        var next = 10_000 + OrderTable.NextId(session);
        return draft with { Ordernumber = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{next}") };
    }

    /// <summary>One buyer, now: most pay, some after a failed attempt, a few leave.</summary>
    public Order ComeAndPay(Session session, DateTimeOffset at)
    {
        var order = Payments.Create(session, Numbered(session, Draft(Merchant())), at);
        if (Chance(5))
        {
            return order;
        }

        if (Chance(12))
        {
            order = Payments.Attempt(session, order, BadCard(), null, at);
            if (Chance(40))
            {
                return Payments.GiveUp(session, order);
            }
        }

        return Payments.Attempt(session, order, GoodCard(), null, at);
    }

    public TimeSpan NextArrival(double perMinute) =>
        TimeSpan.FromMinutes(Math.Min(-Math.Log(1 - random.NextDouble()), 10) / perMinute);
}
