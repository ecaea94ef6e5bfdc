namespace AssistPortal.Gateway;

/// <summary>What came back from one exchange with the gateway.</summary>
internal abstract record Reply
{
    private Reply()
    {
    }

    /// <summary>HTTP 200 with this body.</summary>
    public sealed record Body(ReadOnlyMemory<byte> Bytes) : Reply;

    /// <summary>No body to read.</summary>
    public sealed record Failed(GatewayFailure Failure) : Reply;
}
