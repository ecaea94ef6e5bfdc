namespace AssistPortal.Web.Components.Shared;

/// <summary>The few colours that speak of states; each goes with an icon and a word.</summary>
public enum Tone
{
    Grey,
    Green,
    Amber,
    AmberOutline,
    GreyViolet,
    Red,
    Blue,
    Violet,
}
