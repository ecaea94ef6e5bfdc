namespace AssistPortal.Sandbox.Services;

/// <summary>The value of the parameter Format (protocol §1.4).</summary>
internal enum AnswerFormat
{
    Csv = 1,
    Xml = 3,
    Soap = 4,
    Json = 5,
}

/// <summary>The value of ZipFlag: how an answer reaches the caller.</summary>
internal enum Packing
{
    /// <summary>As the body of the response.</summary>
    None,

    /// <summary>As a file to save.</summary>
    File,

    /// <summary>As a file in a ZIP archive.</summary>
    Zip,
}

/// <summary>Language of texts beside the wire values.</summary>
internal enum Language
{
    Ru,
    En,
}
