using AssistPortal.Core.SecondFactor;
using AssistPortal.Web.Account;
using Microsoft.AspNetCore.Components;

namespace AssistPortal.Web.Components.Shared;

/// <summary>
/// Asks for a fresh proof where a use case answered <see cref="Core.Problem.StepUp"/>: <c>&lt;StepUpPrompt OnProven="…" OnLeave="…" /&gt;</c>. The
/// caller then simply asks the same use case again. It has a form of its own, so it stands beside a form, never in one.
/// </summary>
public sealed partial class StepUpPrompt
{
    private readonly CancellationTokenSource _gone = new();
    private ElementReference _input;
    private ProofWays? _ways;
    private bool _isFocused;
    private string _text = "";
    private string? _error;
    private bool _isProving;

    /// <summary>The person has proved himself.</summary>
    [Parameter, EditorRequired] public EventCallback OnProven { get; set; }

    /// <summary>The person would rather not.</summary>
    [Parameter, EditorRequired] public EventCallback OnLeave { get; set; }

    [Inject] public required Prove Prove { get; init; }

    [Inject] public required PasskeyScript Passkey { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    // Only cancelled: work under way still asks for the token, and a source without a timer holds nothing to free.
    public void Dispose() => _gone.Cancel();

    protected override async Task OnInitializedAsync()
    {
        if (await Current.GetAsync(_gone.Token) is { } actor)
        {
            _ways = await Prove.WaysAsync(actor, _gone.Token);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isFocused && _ways is { Code: true } or { Password: true })
        {
            _isFocused = true;
            await _input.FocusAsync();
        }
    }

    private async Task ProveAsync()
    {
        if (_isProving || await Current.GetAsync(_gone.Token) is not { } actor)
        {
            return;
        }

        _isProving = true;
        var proof = _ways is { Code: true } ? await Prove.ByCodeAsync(_text, actor, _gone.Token) : await Prove.ByPasswordAsync(_text, actor, _gone.Token);
        _isProving = false;
        await TakeAsync(proof);
    }

    private async Task ProveByPasskeyAsync()
    {
        if (!_isProving)
        {
            _isProving = true;
            var answer = await Passkey.ProveAsync();
            _isProving = false;
            if (Enum.TryParse<Proof>(answer, out var proof))
            {
                await TakeAsync(proof);
            }
        }
    }

    private async Task TakeAsync(Proof proof)
    {
        (_text, _error) = ("", proof == Proof.Wrong ? L["ProofWrong"].Value : null);
        switch (proof)
        {
            case Proof.Right:
                await OnProven.InvokeAsync();
                break;
            case Proof.SessionOver:
                // Nobody is signed in here any more; asking leads to the sign-in page.
                await Current.GetAsync(_gone.Token);
                break;
            default:
                if (_isFocused)
                {
                    await _input.FocusAsync();
                }

                break;
        }
    }
}
