using System.Globalization;
using System.Net;
using System.Resources;
using System.Text;

namespace AssistPortal.Core.Mail;

/// <summary>
/// Turns the texts in <c>LetterTexts.resx</c> into subject, plain text and HTML. A body is paragraphs with numbered blanks; one that stands
/// in brackets is the link. What fills the blanks is put in after the paragraphs are cut, so it can change neither structure nor markup.
/// </summary>
internal sealed record LetterText(string Subject, string Text, string Html)
{
    private static readonly ResourceManager Texts = new("AssistPortal.Core.Mail.LetterTexts", typeof(LetterText).Assembly);

    public static LetterText Of(LetterKind kind, string language, string? link, IReadOnlyList<string> blanks)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        object[] words = [.. blanks.Select(blank => (object)OneLine(blank))];
        string Read(string what) => Texts.GetString($"{kind}{what}", culture) ?? throw new InvalidOperationException($"There is no text {kind}{what}.");

        var text = new StringBuilder();
        var html = new StringBuilder().Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"{culture.TwoLetterISOLanguageName}\"><head><meta charset=\"utf-8\"></head>")
            .Append("<body style=\"margin:0;padding:24px;font:15px/1.5 sans-serif;color:#1c2430\"><div style=\"max-width:560px\">");
        foreach (var paragraph in $"{Read("Body")}\n\n{Texts.GetString("Footer", culture)}".ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var isLink = paragraph is ['[', .., ']'];
            var filled = string.Format(culture, isLink ? paragraph[1..^1] : paragraph, words);
            if (isLink)
            {
                var address = link ?? throw new InvalidOperationException($"A letter of kind {kind} needs a link.");
                text.Append(filled).Append(":\n").Append(address).Append("\n\n");
                html.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{WebUtility.HtmlEncode(address)}\" style=\"color:#0b6b7f;font-weight:600\">{WebUtility.HtmlEncode(filled)}</a></p>");
            }
            else
            {
                text.Append(filled).Append("\n\n");
                html.Append(CultureInfo.InvariantCulture, $"<p>{WebUtility.HtmlEncode(filled)}</p>");
            }
        }

        return new LetterText(
            string.Format(culture, Read("Subject"), words),
            $"{text.ToString().TrimEnd()}\n",
            html.Append("</div></body></html>").ToString());
    }

    /// <summary>Text that can't begin a new line, let alone a new header.</summary>
    public static string OneLine(string text) =>
        string.Join(' ', new string([.. text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
