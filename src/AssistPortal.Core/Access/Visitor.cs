using AssistPortal.Core.Staff;

namespace AssistPortal.Core.Access;

/// <summary>Somebody who isn't signed in.</summary>
/// <param name="Ip">Address he came from, if known.</param>
/// <param name="UserAgent">Browser he came with, if known.</param>
public sealed record Visitor(string? Ip, string? UserAgent)
{
    /// <summary>The address for a letter.</summary>
    internal string Place => Ip ?? "—";

    /// <summary>Whom the log names when the visitor acts as a person. It carries no right.</summary>
    internal Actor As(PortalUser person) => new(person.Id, person.DisplayName, Rights.None, [], Ip, UserAgent);
}
