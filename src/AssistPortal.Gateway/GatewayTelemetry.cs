using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AssistPortal.Gateway;

/// <summary>Spans and metrics under the name <c>AssistPortal.Gateway</c>; tags are service, merchant and outcome, nothing of a request.</summary>
internal sealed class GatewayTelemetry
{
    private const string Name = "AssistPortal.Gateway";
    private static readonly ActivitySource Source = new(Name);
    private readonly Histogram<double> _duration;

    public GatewayTelemetry(IMeterFactory meters)
    {
        _duration = meters.Create(Name).CreateHistogram<double>("assist.gateway.duration", "s", "Duration of an exchange with the gateway, retries included.");
    }

    /// <summary>Begins the span of an exchange; <see langword="null"/> when nobody listens.</summary>
    public static Activity? Start(Service service, int merchantId) =>
        Source.StartActivity($"assist {service.Name}", ActivityKind.Client)?.SetTag("assist.service", service.Name).SetTag("assist.merchant", merchantId);

    /// <summary>Records how an exchange ended.</summary>
    public void End(Activity? span, Service service, string outcome, TimeSpan duration)
    {
        span?.SetTag("assist.outcome", outcome);
        _duration.Record(duration.TotalSeconds, new("assist.service", service.Name), new("assist.outcome", outcome));
    }
}
