namespace AssistPortal.Web.Components.Shared;

/// <summary>Work of a component that no event handler awaits: started by the feed, a timer or a change of the address.</summary>
public static class Detached
{
    /// <param name="work">The work; brings itself onto the component's dispatcher.</param>
    /// <param name="dispatch">The component's <c>DispatchExceptionAsync</c>: failures belong to its error boundary.</param>
    public static async Task RunAsync(Func<Task> work, Func<Exception, Task> dispatch)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // The component was left meanwhile: there is nobody to tell.
        }
#pragma warning disable CA1031 // Nobody awaits this work, so everything that went wrong has to be handed on here.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            await dispatch(failure);
        }
    }
}
