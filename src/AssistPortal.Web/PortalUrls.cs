using AssistPortal.Core.Actions;
using AssistPortal.Core.Reports;
using AssistPortal.Web.Components.Pages.Actions;
using AssistPortal.Web.Components.Pages.Orders;
using AssistPortal.Web.Components.Pages.Pushes;

namespace AssistPortal.Web;

/// <summary>Every address of the portal's pages; names of query parameters are stable, people keep links.</summary>
public static class PortalUrls
{
    public const string Orders = "/orders";
    public const string OrdersExport = "/orders/export";
    public const string Actions = "/actions";
    public const string Pushes = "/pushes";

    public const string Staff = "/staff";
    public const string StaffInvite = "/staff/invite";
    public const string StaffRoles = "/staff/roles";
    public const string StaffReview = "/staff/review";

    /// <summary>Query parameters of the orders grid, its export and the list of actions.</summary>
    public static class Names
    {
        public const string From = "from";
        public const string Until = "to";
        public const string State = "state";
        public const string Merchant = "merchant";
        public const string OrderNumber = "number";
        public const string Billnumber = "bill";
        public const string AmountFrom = "min";
        public const string AmountUntil = "max";
        public const string Customer = "customer";
        public const string Card = "card";
        public const string Sort = "sort";
        public const string Descending = "desc";
        public const string Page = "page";
        public const string Size = "size";
        public const string Kind = "kind";
        public const string Tab = "tab";
        public const string Format = "format";
        public const string Dialog = "dialog";
        public const string Order = "order";
    }

    /// <summary>The grid with its filter, sort and page.</summary>
    public static string OrdersList(OrdersQuery query) => Orders + query.ToQueryString();

    /// <summary>The grid's rows as a file; the page has no meaning there.</summary>
    public static string Export(OrdersQuery query, ExportFormat format) =>
        OrdersExport + QueryText.With((query with { Page = 0, Size = OrdersQuery.DefaultSize }).ToQueryString(), Names.Format, format == ExportFormat.Csv ? "csv" : "xlsx");

    /// <summary>An order's page.</summary>
    public static string Order(string billnumber) => $"{Orders}/{Uri.EscapeDataString(billnumber)}";

    /// <summary>An order's page with one of its money dialogs open.</summary>
    public static string OrderDialog(string billnumber, ActionKind kind) =>
        QueryText.With(Order(billnumber), Names.Dialog, kind == ActionKind.Confirm ? "confirm" : "cancel");

    /// <summary>An order's page at one of its actions.</summary>
    public static string OrderAction(string billnumber, Guid actionId) => $"{Order(billnumber)}#{ActionAnchor(actionId)}";

    /// <summary>The id of an action's card on the order page.</summary>
    public static string ActionAnchor(Guid actionId) => $"action-{actionId:D}";

    /// <summary>The list of pushes, or of gaps, with its filter and page.</summary>
    public static string PushesList(PushesQuery query) => Pushes + query.ToQueryString();

    /// <summary>A push's page.</summary>
    public static string Push(Guid pushId) => $"{Pushes}/{pushId:D}";

    /// <summary>A person's page.</summary>
    public static string StaffMember(Guid userId) => $"{Staff}/{userId:D}";

    /// <summary>The list of actions with its tab, filter and page.</summary>
    public static string ActionsList(ActionsQuery query) => Actions + query.ToQueryString();
}
