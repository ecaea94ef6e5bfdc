using System.Globalization;

namespace AssistPortal.Protocol;

/// <summary>
/// The gateway's number of an order: 15 or 16 digits, in the extended form followed by a dot and the operation's number
/// (<c>5775486650107611.2</c>; protocol §1.8).
/// </summary>
/// <param name="Order">The plain number: 15 or 16 digits.</param>
/// <param name="Operation">The operation's number within the order, from 1; <see langword="null"/> in the plain form.</param>
public readonly record struct Billnumber(string Order, int? Operation = null)
{
    /// <summary>Reads either form; blanks around are ignored.</summary>
    public static bool TryParse(string? text, out Billnumber billnumber)
    {
        billnumber = default;
        var trimmed = text?.Trim() ?? "";
        var dot = trimmed.IndexOf('.', StringComparison.Ordinal);
        var order = dot < 0 ? trimmed : trimmed[..dot];
        if (order.Length is not (15 or 16) || !order.All(char.IsAsciiDigit))
        {
            return false;
        }

        if (dot < 0)
        {
            billnumber = new Billnumber(order);
            return true;
        }

        var operation = trimmed[(dot + 1)..];
        if (operation.Length is 0 or > 6 || !operation.All(char.IsAsciiDigit))
        {
            return false;
        }

        var number = int.Parse(operation, CultureInfo.InvariantCulture);
        if (number < 1)
        {
            return false;
        }

        billnumber = new Billnumber(order, number);
        return true;
    }

    /// <summary>The plain form.</summary>
    public Billnumber Plain => new(Order);

    /// <summary>The form it has: plain or extended.</summary>
    public override string ToString() => Operation is { } number ? string.Create(CultureInfo.InvariantCulture, $"{Order}.{number}") : Order;
}
