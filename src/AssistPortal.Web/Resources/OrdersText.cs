namespace AssistPortal.Web.Resources;

/// <summary>Texts of the orders grid, the order page and its dialogs.</summary>
public sealed class OrdersText;
