using AssistPortal.Core.Staff;
using AssistPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Shared;

/// <summary>Roles in words.</summary>
public static class RoleText
{
    public static string Of(StaffRole role, IStringLocalizer<FrameText> texts) => texts[$"Role{role}"];

    public static string Of(RoleName role, IStringLocalizer<FrameText> texts) => role.Ready is { } ready ? Of(ready, texts) : role.Own ?? "";

    public static string Of(IReadOnlyList<RoleName> roles, IStringLocalizer<FrameText> texts) =>
        roles.Count == 0 ? texts["NoRole"] : string.Join(", ", roles.Select(role => Of(role, texts)));
}
