namespace AssistPortal.Sandbox.PayPages;

/// <summary>The drawings of the payment pages.</summary>
internal static class PayIcons
{
    public static readonly Html Lock = Line("""<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>""");
    public static readonly Html Card = Line("""<rect x="3" y="5" width="18" height="14" rx="2.5"/><path d="M3 10h18M7 15h4"/>""");
    public static readonly Html Qr = Line("""<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2"/>""");
    public static readonly Html Wallet = Line("""<path d="M4 7h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM4 7l11-3v3M16 13.5h.01"/>""");
    public static readonly Html Clock = Line("""<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3 2"/>""");
    public static readonly Html Done = Line("""<circle cx="12" cy="12" r="9"/><path d="m8 12.5 2.7 2.7L16 9.5"/>""");
    public static readonly Html Failed = Line("""<circle cx="12" cy="12" r="9"/><path d="M9 9l6 6M15 9l-6 6"/>""");
    public static readonly Html Warning = Line("""<path d="M12 4 2.8 19.5h18.4zM12 10v4M12 17h.01"/>""");
    public static readonly Html Shield = Line("""<path d="M12 3l7.5 3v5.5c0 4.5-3 8-7.5 9.5-4.5-1.5-7.5-5-7.5-9.5V6z"/><path d="m9 12 2.2 2.2L15.5 10"/>""");

    public static readonly Html Brands = new("""
        <span class="brands" aria-hidden="true"><svg viewBox="0 0 40 24"><path d="M8 17 5 7h2.6l1.8 7.2L12.2 7H15l-4.3 10zM16 7h2.5l-1.6 10h-2.5zM26.5 7.3l-.4 2.1c-1.6-.8-3.9-.8-3.9.4 0 1.4 4 1.5 4 4.2 0 3.3-4.5 3.7-7 2.6l.4-2.2c1.8 1 4.1.9 4.1-.3 0-1.5-4-1.5-4-4.1 0-3.1 4.2-3.7 6.8-2.7zM31.5 7h2.2l2.3 10h-2.4l-.4-1.9h-3.1l-.7 1.9h-2.6zm-.6 6h1.9l-.7-3.3z"/></svg>
        <svg viewBox="0 0 40 24"><circle class="mc1" cx="16" cy="12" r="7.5"/><circle class="mc2" cx="24" cy="12" r="7.5"/></svg>
        <svg viewBox="0 0 40 24"><path d="M4 7h2.7l2.1 5.2L10.9 7h2.7v10h-2.4v-5.6L9.5 15.5H8.1L6.4 11.4V17H4zM15.5 7h2.4v6l3.3-6h2.4v10h-2.4v-6l-3.3 6h-2.4zM25.5 7H32c2.6 0 4 1.3 4 3.3s-1.4 3.3-4 3.3h-4V17h-2.5z"/></svg></span>
        """);

    private static Html Line(string shapes) => new($"""<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{shapes}</svg>""");
}
