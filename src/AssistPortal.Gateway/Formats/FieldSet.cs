using System.Globalization;
using AssistPortal.Protocol;

namespace AssistPortal.Gateway;

/// <summary>
/// The fields of one order or operation, taken out one by one; what nobody takes is an unknown field and is kept. Fields that money
/// hangs on are demanded and must be unambiguous; all others may be missing or broken, and a broken one stays as an unknown text.
/// </summary>
internal sealed class FieldSet
{
    private readonly Dictionary<string, List<string>> _texts = new(StringComparer.Ordinal);

    /// <param name="block">The order or operation.</param>
    /// <param name="sections">Names of inner blocks whose fields stand flat in other formats, such as <c>customer</c>.</param>
    /// <param name="separate">Names of inner blocks that are read on their own and are no fields.</param>
    public FieldSet(Block block, string[] sections, params string[] separate)
    {
        AddFields("", block);
        foreach (var inner in block.Blocks.Where(inner => !separate.Contains(inner.Name)))
        {
            Add(sections.Contains(inner.Name) ? "" : inner.Name + ".", inner);
        }
    }

    /// <summary>A text, <see langword="null"/> when missing or blank.</summary>
    public string? Text(string name) => _texts.Remove(name, out var texts) && texts[0].Length > 0 ? texts[0] : null;

    /// <summary>An instant in UTC, <see langword="null"/> when missing, blank or broken.</summary>
    public DateTimeOffset? Date(string name) => Peek(name) is { } text && WireTime.TryParse(text, out var instant) ? Took(name, instant) : null;

    /// <summary>A whole number, <see langword="null"/> when missing, blank or broken.</summary>
    public int? Number(string name) =>
        Peek(name) is { } text && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? Took(name, number) : null;

    /// <summary>A flag as 0 and 1 or as false and true, <see langword="null"/> when missing, blank or broken.</summary>
    public bool? Flag(string name) => Peek(name) switch
    {
        "1" or "true" => Took(name, true),
        "0" or "false" => Took(name, false),
        _ => null,
    };

    /// <summary>A text that must be there, once or always the same.</summary>
    /// <exception cref="AnswerRejectedException">Missing, blank or contradictory.</exception>
    public string Demand(string name)
    {
        if (!_texts.Remove(name, out var texts) || texts[0].Length == 0)
        {
            throw AnswerRejectedException.Unreadable($"{name} is missing");
        }

        return texts.TrueForAll(text => text == texts[0]) ? texts[0] : throw AnswerRejectedException.Unreadable($"{name} is given twice with different values");
    }

    /// <summary>An exact amount in its currency.</summary>
    /// <exception cref="AnswerRejectedException">Missing, contradictory or no exact amount in that currency.</exception>
    public Money DemandMoney(string amount, string currency) => Money.TryParse(Demand(amount), Demand(currency), out var money)
        ? money
        : throw AnswerRejectedException.Unreadable($"{amount} is no exact amount in a currency");

    /// <summary>A billnumber of either form.</summary>
    /// <exception cref="AnswerRejectedException">Missing, contradictory or no billnumber.</exception>
    public Billnumber DemandBillnumber() => Billnumber.TryParse(Demand("billnumber"), out var billnumber)
        ? billnumber
        : throw AnswerRejectedException.Unreadable("billnumber is no billnumber");

    /// <summary>Forgets fields that aren't to be kept.</summary>
    public void Drop(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _texts.Remove(name);
        }
    }

    /// <summary>What nobody took and isn't blank; a name that occurs several times has its texts joined.</summary>
    public IReadOnlyDictionary<string, string> Rest() => _texts
        .Where(field => field.Value.Exists(text => text.Length > 0))
        .ToDictionary(field => field.Key, field => string.Join("; ", field.Value), StringComparer.Ordinal);

    private string? Peek(string name) => _texts.TryGetValue(name, out var texts) ? texts[0] : null;

    private T Took<T>(string name, T value)
    {
        _texts.Remove(name);
        return value;
    }

    private void Add(string prefix, Block block)
    {
        AddFields(prefix, block);
        foreach (var inner in block.Blocks)
        {
            Add(prefix + inner.Name + ".", inner);
        }
    }

    private void AddFields(string prefix, Block block)
    {
        foreach (var (name, text) in block.Fields)
        {
            var key = prefix + name;
            if (_texts.TryGetValue(key, out var texts))
            {
                texts.Add(text);
            }
            else
            {
                _texts.Add(key, [text]);
            }
        }
    }
}
