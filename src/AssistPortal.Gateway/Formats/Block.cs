namespace AssistPortal.Gateway;

/// <summary>
/// A piece of an answer in whichever format it came: an XML element with children, a JSON object, a CSV line. Names are in lower case,
/// texts are trimmed; a name may occur several times.
/// </summary>
internal sealed class Block(string name)
{
    /// <summary>Element or property name.</summary>
    public string Name { get; } = name;

    /// <summary>Leaves: attributes and text elements, scalar properties, cells.</summary>
    public List<KeyValuePair<string, string>> Fields { get; } = [];

    /// <summary>Inner pieces; the elements of a JSON array all bear the array's name.</summary>
    public List<Block> Blocks { get; } = [];

    /// <summary>Adds a leaf.</summary>
    public void Add(string field, string text) => Fields.Add(new(field, text.Trim()));

    /// <summary>The first leaf of that name, <see langword="null"/> when there is none.</summary>
    public string? Text(string field)
    {
        foreach (var (name, text) in Fields)
        {
            if (name == field)
            {
                return text;
            }
        }

        return null;
    }
}
