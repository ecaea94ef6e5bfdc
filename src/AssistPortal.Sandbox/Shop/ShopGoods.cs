using AssistPortal.Protocol;
using AssistPortal.Sandbox.PayPages;

namespace AssistPortal.Sandbox.Shop;

/// <summary>Something the demo shop sells, with a price of its own in each currency.</summary>
internal sealed record ShopGood(string Code, LocalText Name, LocalText About, long Roubles, long Dollars, long Euros, Html Picture)
{
    public static readonly IReadOnlyList<ShopGood> All =
    [
        new("coffee", new("Кофе в зёрнах", "Coffee beans"), new("Бразилия, 1 кг", "Brazil, 1 kg"), 189_000, 2_350, 2_090,
            Drawing("""<path d="M34 30h52v66a6 6 0 0 1-6 6H40a6 6 0 0 1-6-6z"/><path d="M34 30l6-12h40l6 12M34 44h52" /><ellipse cx="60" cy="72" rx="12" ry="16"/><path d="M62 57c-7 8 3 20-4 30"/>""")),
        new("kettle", new("Чайник", "Kettle"), new("Сталь, 1,7 л", "Steel, 1.7 l"), 249_050, 3_190, 2_790,
            Drawing("""<path d="M40 50h40l8 44a6 6 0 0 1-6 7H38a6 6 0 0 1-6-7z"/><path d="M44 50a16 16 0 0 1 32 0M60 34v-8M82 58l16-8M40 56c-16 2-18 26-4 32"/>""")),
        new("mug", new("Кружка", "Mug"), new("Керамика, 350 мл", "Ceramic, 350 ml"), 69_000, 890, 790,
            Drawing("""<path d="M34 42h44v46a12 12 0 0 1-12 12H46a12 12 0 0 1-12-12z"/><path d="M78 52h8a10 10 0 0 1 10 10v6a12 12 0 0 1-12 12h-6M46 32c-4-6 4-8 0-14M60 32c-4-6 4-8 0-14"/>""")),
        new("plaid", new("Плед", "Blanket"), new("Шерсть, 140 × 200", "Wool, 140 × 200"), 499_000, 6_200, 5_490,
            Drawing("""<path d="M30 34h48a10 10 0 0 1 10 10v44H40V44a10 10 0 0 0-10-10 8 8 0 0 0-8 8v10h18"/><path d="M52 34v54M76 36v52M40 56h48M40 72h48M46 88v8M58 88v8M70 88v8M82 88v8"/>""")),
    ];

    public Money Price(string currency) => new(currency switch { "USD" => Dollars, "EUR" => Euros, _ => Roubles }, currency);

    private static Html Drawing(string shapes) => new($"""<svg viewBox="0 0 120 120" aria-hidden="true">{shapes}</svg>""");
}
