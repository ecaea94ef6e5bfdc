using System.Globalization;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Engine;

namespace AssistPortal.Sandbox.PayPages;

/// <summary>A form field that was filled in wrong, and how.</summary>
internal sealed record FieldError(string Field, LocalText Text);

/// <summary>The card form as the buyer sent it. Nothing of it outlives the request but a test card's mask, holder and expiry.</summary>
internal sealed record CardEntry(string Number, string Expiry, string Cvc, string Holder)
{
    public const string NumberField = "cardnumber";
    public const string ExpiryField = "expiry";
    public const string CvcField = "cvc2";
    public const string HolderField = "cardholder";
    private const int LongestHolder = 70;

    public static readonly CardEntry Empty = new("", "", "", "");

    /// <summary>The usual checks.</summary>
    /// <returns>What is wrong; when nothing is, <paramref name="card"/> is the test card.</returns>
    public IReadOnlyList<FieldError> Check(DateTimeOffset now, out CardInHand card)
    {
        var errors = new List<FieldError>();
        var known = TestCard.Find(Digits(Number));
        if (known is null)
        {
            errors.Add(new FieldError(NumberField, NumberError()));
        }

        var expiry = ReadExpiry();
        if (expiry is not { } ends)
        {
            errors.Add(new FieldError(ExpiryField, new("Введите месяц и год, как на карте: 12/30", "Enter month and year as on the card: 12/30")));
        }
        else if ((ends.Year, ends.Month).CompareTo((now.Year, now.Month)) < 0)
        {
            errors.Add(new FieldError(ExpiryField, new("Срок действия карты закончился", "The card has expired")));
        }

        if (Cvc.Trim() is not { Length: 3 } code || !code.All(char.IsAsciiDigit))
        {
            errors.Add(new FieldError(CvcField, new("Введите три цифры с обратной стороны карты", "Enter the three digits on the back of the card")));
        }

        var holder = Holder.Trim().ToUpperInvariant();
        if (holder.Length is < 2 or > LongestHolder || !holder.All(letter => char.IsAsciiLetterUpper(letter) || " .-'".Contains(letter, StringComparison.Ordinal)))
        {
            errors.Add(new FieldError(HolderField, new("Введите имя латинскими буквами, как на карте", "Enter the name in Latin letters as on the card")));
        }

        card = errors.Count > 0
            ? null!
            : new CardInHand(known!.Means.Mask, holder, string.Create(CultureInfo.InvariantCulture, $"{expiry!.Value.Month:D2}/{expiry.Value.Year % 100:D2}"));
        return errors;
    }

    /// <summary>What may be shown again: test numbers alone, and never the code.</summary>
    public CardEntry Showable() => this with { Number = TestCard.Find(Digits(Number)) is null ? "" : Number, Cvc = "" };

    private LocalText NumberError()
    {
        var digits = Digits(Number);
        if (digits.Length == 0)
        {
            return new("Введите номер карты", "Enter the card number");
        }

        return digits.Length is >= 13 and <= 19 && PassesLuhn(digits)
            ? new(
                "Это не тестовая карта. Настоящие карты здесь не принимаются: номер никуда не передан и не сохранён. Возьмите карту из списка.",
                "This isn't a test card. Real cards aren't accepted here: the number was neither sent anywhere nor stored. Take one from the list.")
            : new("В номере карты ошибка: проверьте цифры", "There is a mistake in the card number: check the digits");
    }

    private (int Month, int Year)? ReadExpiry()
    {
        var digits = Digits(Expiry);
        if (digits.Length is not (4 or 6) || Expiry.Any(letter => !char.IsAsciiDigit(letter) && letter is not ('/' or ' ' or '.' or '-')))
        {
            return null;
        }

        var month = int.Parse(digits[..2], CultureInfo.InvariantCulture);
        var year = int.Parse(digits[2..], CultureInfo.InvariantCulture);
        return month is >= 1 and <= 12 ? (month, digits.Length == 4 ? 2000 + year : year) : null;
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    private static bool PassesLuhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : (digit * 2 / 10) + (digit * 2 % 10);
        }

        return sum % 10 == 0;
    }
}
