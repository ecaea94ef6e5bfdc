using System.Collections.Frozen;

namespace AssistPortal.Sandbox.Merchants;

/// <summary>A company: the login of its web-service user and the secret word of its seals.</summary>
internal sealed record Company(string Login, string Password, string SecretWord);

/// <summary>A shop of a company, always in test mode.</summary>
/// <param name="Id">Merchant_ID.</param>
/// <param name="Name">Name on pages.</param>
/// <param name="Company">Owner.</param>
/// <param name="TwoStageByDefault">Mechanism of a payment that doesn't say.</param>
/// <param name="CanVoidPart">Whether the processing voids a part of a payment before its financial transaction.</param>
/// <param name="Currencies">Original currencies taken; money moves in RUB unless the shop asks for no conversion.</param>
/// <param name="Spasibo">Whether it takes part in the programme «Спасибо».</param>
/// <param name="DemandsCheckvalue">Whether a request for payment needs its Checkvalue.</param>
internal sealed record Merchant(
    int Id, string Name, Company Company, bool TwoStageByDefault, bool CanVoidPart, FrozenSet<string> Currencies, bool Spasibo = false,
    bool DemandsCheckvalue = false)
{
    /// <summary>Currency in which the cards are charged.</summary>
    public const string Currency = "RUB";
}

/// <summary>The demo merchants (sandbox.md §1).</summary>
internal static class DemoMerchants
{
    private static readonly Company Own = new("sandbox_ws", "Sandbox2026", "secret");
    private static readonly Company Neighbour = new("other_ws", "Other2026", "secret");

    public static readonly IReadOnlyList<Merchant> All =
    [
        new(900001, "Лавка", Own, TwoStageByDefault: false, CanVoidPart: true, Only("RUB")),
        new(900002, "Авиабилеты", Own, TwoStageByDefault: true, CanVoidPart: false, Only("RUB")),
        new(900003, "Гипермаркет", Own, TwoStageByDefault: false, CanVoidPart: false, Only("RUB", "USD", "EUR"), Spasibo: true, DemandsCheckvalue: true),
        new(900009, "Соседний магазин", Neighbour, TwoStageByDefault: false, CanVoidPart: false, Only("RUB")),
    ];

    /// <summary>The merchants of the enterprise the sandbox is there for; the others only prove that nobody reaches a neighbour.</summary>
    public static IEnumerable<Merchant> OfDemoEnterprise => All.Where(merchant => merchant.Company == Own);

    public static Merchant? Find(int id) => All.FirstOrDefault(merchant => merchant.Id == id);

    /// <summary>The merchant of an order in the database, which is always one of the list.</summary>
    public static Merchant Get(int id) => All.First(merchant => merchant.Id == id);

    public static Company? SignIn(string login, string password) =>
        All.Select(merchant => merchant.Company).FirstOrDefault(company => company.Login == login && company.Password == password);

    private static FrozenSet<string> Only(params string[] currencies) => currencies.ToFrozenSet(StringComparer.Ordinal);
}
