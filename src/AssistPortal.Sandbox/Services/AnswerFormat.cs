namespace AssistPortal.Sandbox.Services;

/// <summary>The value of the parameter Format (protocol §1.4).</summary>
internal enum AnswerFormat
{
    Csv = 1,
    Xml = 3,
    Soap = 4,
    Json = 5,
}

/// <summary>Language of texts beside the wire values.</summary>
internal enum Language
{
    Ru,
    En,
}
