using System.Globalization;

namespace AssistPortal.Sandbox.PayPages;

/// <summary>A form of the payment pages as it came; what is missing or too long to be meant is empty.</summary>
internal sealed class PayForm(IFormCollection fields)
{
    private const int LongestValue = 300;

    public IFormCollection Fields => fields;

    public string this[string name] => fields[name].ToString() is { Length: <= LongestValue } value ? value : "";

    /// <summary>The step of the visit the form was written at.</summary>
    public int Step => int.TryParse(this["step"], NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : -1;

    public static async Task<PayForm> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return new PayForm(request.HasFormContentType ? await request.ReadFormAsync(cancellationToken) : FormCollection.Empty);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or NotSupportedException)
        {
            // No browser sends such a form: cut off, beyond the limits, in a strange character set. It is one without a visit, and is told so.
            return new PayForm(FormCollection.Empty);
        }
    }
}

/// <summary>303: the form is done with, look there. A page gone back to or loaded anew sends nothing twice.</summary>
internal sealed class SeeOther(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}
