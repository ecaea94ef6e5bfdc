using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.PayPages;

/// <summary>Who pays, as asked for on the page when the shop didn't say.</summary>
internal sealed record CustomerEntry(string Lastname, string Firstname, string Email)
{
    private const int LongestName = 70;
    private const int LongestEmail = 128;

    /// <summary>Whether the shop left something out that the gateway needs.</summary>
    public static bool IsNeeded(Customer customer) =>
        customer.Lastname.Length == 0 || customer.Firstname.Length == 0 || customer.Email.Length == 0;

    public static CustomerEntry Of(Customer customer) => new(customer.Lastname, customer.Firstname, customer.Email);

    public Customer ToCustomer(Customer before) => before with { Lastname = Lastname, Firstname = Firstname, Email = Email };

    /// <summary>Forbidden characters go without a word, as in a request.</summary>
    public CustomerEntry Cleaned() =>
        new(Sanitation.Clean("Lastname", Lastname), Sanitation.Clean("Firstname", Firstname), Sanitation.Clean("Email", Email));

    public IReadOnlyList<FieldError> Check()
    {
        var errors = new List<FieldError>();
        if (Lastname.Length is 0 or > LongestName)
        {
            errors.Add(new FieldError("lastname", new("Введите фамилию, не длиннее 70 букв", "Enter the last name, at most 70 letters")));
        }

        if (Firstname.Length is 0 or > LongestName)
        {
            errors.Add(new FieldError("firstname", new("Введите имя, не длиннее 70 букв", "Enter the first name, at most 70 letters")));
        }

        if (Email.Length > LongestEmail || !IsEmail(Email))
        {
            errors.Add(new FieldError("email", new("Введите адрес вида name@example.com", "Enter an address like name@example.com")));
        }

        return errors;
    }

    /// <summary>One <c>@</c>, something before it, a name with a dot after it, no blanks.</summary>
    public static bool IsEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var host = text[(at + 1)..];
        return at > 0
            && !host.Contains('@', StringComparison.Ordinal)
            && host.IndexOf('.', StringComparison.Ordinal) > 0
            && !host.EndsWith('.')
            && !text.Any(char.IsWhiteSpace);
    }
}
