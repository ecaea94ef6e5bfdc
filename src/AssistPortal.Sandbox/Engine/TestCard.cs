using AssistPortal.Protocol;

namespace AssistPortal.Sandbox.Engine;

/// <summary>A card of the table in sandbox.md §5: no other number enters the sandbox.</summary>
/// <param name="Number">Sixteen digits.</param>
/// <param name="Answer">What the processing centre says to it.</param>
/// <param name="Means">What the wire shows of it.</param>
/// <param name="PointsMinor">«Спасибо» points on its account at first, in hundredths; nothing when it takes no part in the programme.</param>
internal sealed record TestCard(string Number, ResponseCode Answer, PaymentMeans Means, long? PointsMinor = null)
{
    public static readonly IReadOnlyList<TestCard> All =
    [
        Visa("4111111111111111", "AS000"),
        Card("5555555555554444", "AS000", 2, "MasterCard", "Standard", "New Assist Bank", "RU"),
        Card("2200000000000004", "AS000", MirTypeId, "MIR", "Classic", "New Assist Bank", "RU"),
        Visa("4111111111111129", "AS000", challenged: true),
        Visa("4000000000000002", "AS100"),
        Visa("4000000000000010", "AS101"),
        Visa("4000000000009995", "AS102"),
        Visa("4000000000000069", "AS104"),
        Visa("4000000000000119", "AS107"),
        Visa("4000000000000259", "AS108"),
        Visa("4000000000000341", "AS300"),
        Card("4276000000000009", "AS000", 1, "VISA", "Classic", "SAVINGS BANK OF THE RUSSIAN FEDERATION (SBERBANK)", "RU") with { PointsMinor = 150_000 },
    ];

    /// <summary>meantype_id of Mir: not in any source, chosen.</summary>
    private const int MirTypeId = 43;

    public static TestCard? Find(string? number)
    {
        var digits = (number ?? "").Replace(" ", "", StringComparison.Ordinal);
        return All.FirstOrDefault(card => card.Number == digits);
    }

    /// <summary>The card behind a mask: no two have the same.</summary>
    public static TestCard Behind(string mask) => All.Single(card => card.Means.Mask == mask);

    private static TestCard Visa(string number, string answer, bool challenged = false)
    {
        var ownBank = number.StartsWith("4111", StringComparison.Ordinal);
        return Card(
            number, answer, 1, "VISA", "Classic", ownBank ? "New Assist Bank" : "JPMORGAN CHASE BANK, N.A.", ownBank ? "RU" : "US", challenged);
    }

    private static TestCard Card(
        string number, string answer, int typeId, string typeName, string subtype, string bank, string country, bool challenged = false) =>
        new(number, new ResponseCode(answer),
            new PaymentMeans(typeId, typeName, subtype, $"{number[..6]}****{number[^4..]}", "TEST TESTOV", "12/30", bank, country, challenged));
}
