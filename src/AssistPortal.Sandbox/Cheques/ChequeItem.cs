using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AssistPortal.Sandbox.Cheques;

/// <summary>What is the matter with a position.</summary>
internal enum ChequeProblem
{
    None,
    Incomplete,
    Unreadable,
    Wrong,
}

/// <summary>One position of a cheque and the rules of its fields (protocol §10.1).</summary>
internal static class ChequeItem
{
    private static readonly string[] Required = ["id", "price", "quantity", "amount"];

    /// <summary>Digits before and after the point, and the range.</summary>
    private static readonly FrozenDictionary<string, NumberRule> Numbers = new Dictionary<string, NumberRule>
    {
        ["id"] = new(0, int.MaxValue, 0),
        ["price"] = new(0, 9_999_999_999m, 2),
        ["quantity"] = new(0.001m, 9_999_999_999m, 3),
        ["amount"] = new(0, 999_999_999_999_999m, 2),
        ["fpmode"] = new(1, 7, 0),
        ["subjtype"] = new(1, 99, 0),
        ["agentmode"] = new(0, 6, 0),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, int> Texts = new Dictionary<string, int>
    {
        ["product"] = 50,
        ["name"] = 250,
        ["tax"] = 10,
        ["hscode"] = 13,
    }.ToFrozenDictionary();

    /// <summary>The documented rates and those that came into force since.</summary>
    private static readonly FrozenSet<string> Taxes =
        new[] { "novat", "vat0", "vat10", "vat20", "vat110", "vat120", "vat5", "vat7", "vat22", "vat105", "vat107", "vat122" }.ToFrozenSet();

    private sealed record NumberRule(decimal Least, decimal Most, int Decimals);

    /// <summary>Reads a position: its names in lower case, its numbers as numbers though they came as text, unknown fields as they are.</summary>
    public static ChequeProblem Read(JsonElement source, out JsonObject item)
    {
        item = [];
        if (source.ValueKind != JsonValueKind.Object)
        {
            return ChequeProblem.Unreadable;
        }

        foreach (var property in source.EnumerateObject())
        {
            var problem = Add(item, property.Name.ToLowerInvariant(), property.Value);
            if (problem != ChequeProblem.None)
            {
                return problem;
            }
        }

        return Required.All(item.ContainsKey) && (item.ContainsKey("product") || item.ContainsKey("name"))
            ? ChequeProblem.None
            : ChequeProblem.Incomplete;
    }

    private static ChequeProblem Add(JsonObject item, string name, JsonElement value)
    {
        var isNumber = Numbers.TryGetValue(name, out var rule);
        if (!isNumber && !Texts.ContainsKey(name))
        {
            item[name] = JsonNode.Parse(value.GetRawText());
            return ChequeProblem.None;
        }

        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.Null))
        {
            return ChequeProblem.Unreadable;
        }

        var text = (value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.GetString())?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return ChequeProblem.None;
        }

        return isNumber ? AddNumber(item, name, text, rule!) : AddText(item, name, text);
    }

    private static ChequeProblem AddNumber(JsonObject item, string name, string text, NumberRule rule)
    {
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return ChequeProblem.Unreadable;
        }

        item[name] = number;
        return number < rule.Least || number > rule.Most || decimal.Round(number, rule.Decimals) != number ? ChequeProblem.Wrong : ChequeProblem.None;
    }

    private static ChequeProblem AddText(JsonObject item, string name, string text)
    {
        item[name] = text;
        return text.Length > Texts[name] || (name == "tax" && !Taxes.Contains(text)) ? ChequeProblem.Wrong : ChequeProblem.None;
    }
}
