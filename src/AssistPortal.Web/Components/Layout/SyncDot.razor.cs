using System.Globalization;
using AssistPortal.Core.Sync;
using AssistPortal.Web.Account;
using AssistPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Layout;

/// <summary>How fresh the orders on screen are, by the merchant that is furthest behind: a dot while all is well, words when not.</summary>
public sealed partial class SyncDot : IAsyncDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _closed = new();
    private LiveRefresh? _refresh;
    private string _level = "unknown";
    private string _words = "";
    private string _hint = "";

    [Inject] public required CurrentActor Actor { get; init; }

    [Inject] public required GetSyncHealth Health { get; init; }

    [Inject] public required OrderFeed Feed { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    [Inject] public required IStringLocalizer<FrameText> Texts { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _refresh = new LiveRefresh(Feed, Time, () => InvokeAsync(LookAsync), DispatchExceptionAsync);
        await LookAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        if (_refresh is not null)
        {
            await _refresh.DisposeAsync();
        }

        _closed.Dispose();
    }

    private async Task LookAsync()
    {
        if (await Actor.GetAsync(_closed.Token) is { } actor)
        {
            Tell(await Health.RunAsync(actor, _closed.Token));
            StateHasChanged();
        }
    }

    private void Tell(IReadOnlyList<SyncHealth> merchants)
    {
        if (merchants.Count == 0)
        {
            (_level, _words, _hint) = ("unknown", Texts["SyncUnknown"], "");
            return;
        }

        if (merchants.Any(merchant => merchant.LastSuccessAt is null || merchant.Behind is null))
        {
            (_level, _words, _hint) = ("stale", Texts["SyncNever"], "");
            return;
        }

        var worst = merchants.MaxBy(merchant => merchant.Behind)!;
        var behind = worst.Behind!.Value;
        var ago = Time.GetUtcNow() - worst.LastSuccessAt!.Value;
        (_level, _words) = behind switch
        {
            _ when behind < Fresh => ("fresh", Texts["SyncFresh"].Value),
            _ when behind < Stale => ("behind", Texts["SyncBehind", Say(behind)].Value),
            // Far behind a gateway that answers: after a first start or a long pause, window by window.
            _ when ago < Fresh => ("behind", Texts["SyncCatchingUp", Say(behind)].Value),
            _ => ("stale", Texts["SyncStale", Say(behind)].Value),
        };
        _hint = $"{_words}. {Texts["SyncLast", Texts["Ago", Say(ago)]]}.";
    }

    private string Say(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => Texts["Seconds", ((int)Math.Max(0, span.TotalSeconds)).ToString(CultureInfo.CurrentCulture)],
        { TotalHours: < 1 } => Texts["Minutes", ((int)span.TotalMinutes).ToString(CultureInfo.CurrentCulture)],
        _ => Texts["Hours", ((int)span.TotalHours).ToString(CultureInfo.CurrentCulture)],
    };
}
