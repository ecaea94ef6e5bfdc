namespace AssistPortal.Web;

/// <summary>A query parameter that can't be read.</summary>
/// <param name="Name">Its name in the address.</param>
/// <param name="Value">What it said, cut to a length a sentence can show.</param>
public sealed record QueryFault(string Name, string Value)
{
    private const int ShownLength = 40;

    public static QueryFault Of(string name, string value) => new(name, value.Length <= ShownLength ? value : value[..ShownLength] + "…");
}

/// <summary>Writes query strings.</summary>
public static class QueryText
{
    /// <summary>Adds a parameter to an address or a query string.</summary>
    public static string With(string address, string name, string value) =>
        $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={Uri.EscapeDataString(value)}";

    /// <summary>A query string of the parameters that have a value; empty when none has.</summary>
    public static string Of(params IEnumerable<(string Name, string? Value)> parameters) =>
        parameters.Where(parameter => !string.IsNullOrEmpty(parameter.Value))
            .Aggregate("", (text, parameter) => With(text, parameter.Name, parameter.Value!));
}
