namespace AssistPortal.Sandbox.Faults;

/// <summary>A fault that waits for the next requests of a service, or of any (<c>*</c>).</summary>
internal sealed record PlannedFault(string Service, string Mode, int Times);

/// <summary>Faults still to come, in the order they were asked for. In memory: a restart is well again.</summary>
internal sealed class FaultPlan
{
    public const string AnyService = "*";

    private readonly List<(string Service, Fault Fault, int Times)> _planned = [];
    private readonly Lock _gate = new();

    public void Add(string service, Fault fault, int times)
    {
        lock (_gate)
        {
            _planned.Add((service, fault, times));
        }
    }

    /// <summary>The fault of the request that has just come in, if there is one for it.</summary>
    public Fault? Take(string service)
    {
        lock (_gate)
        {
            var at = _planned.FindIndex(planned => planned.Service == service || planned.Service == AnyService);
            if (at < 0)
            {
                return null;
            }

            var (name, fault, times) = _planned[at];
            if (times == 1)
            {
                _planned.RemoveAt(at);
            }
            else
            {
                _planned[at] = (name, fault, times - 1);
            }

            return fault;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _planned.Clear();
        }
    }

    public IReadOnlyList<PlannedFault> Planned()
    {
        lock (_gate)
        {
            return [.. _planned.Select(planned => new PlannedFault(planned.Service, planned.Fault.Mode, planned.Times))];
        }
    }
}
