namespace AssistPortal.Sandbox.Services;

/// <summary>How many requests a minute one merchant may send to one service.</summary>
internal sealed class RateLimit(int perMinute)
{
    private readonly Dictionary<(int Merchant, string Service), (long Minute, int Count)> _counts = [];
    private readonly Lock _gate = new();

    public bool Allows(int merchantId, string service, DateTimeOffset at)
    {
        if (perMinute == 0)
        {
            return true;
        }

        var minute = at.ToUnixTimeSeconds() / 60;
        lock (_gate)
        {
            var known = _counts.GetValueOrDefault((merchantId, service));
            var count = known.Minute == minute ? known.Count + 1 : 1;
            _counts[(merchantId, service)] = (minute, count);
            return count <= perMinute;
        }
    }
}
