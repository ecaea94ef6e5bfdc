namespace AssistPortal.Gateway;

/// <summary>What became of a push when it was read. The checks are made in this order, the first that fails decides.</summary>
public enum PushVerdict
{
    /// <summary>Everything fits: the order is to be asked for.</summary>
    Accepted = 0,

    /// <summary>Neither a form nor a SOAP message of a push.</summary>
    Unreadable = 1,

    /// <summary>It names another merchant than the address it came to.</summary>
    OtherMerchant = 2,

    /// <summary>The billnumber is missing or none.</summary>
    NoBillnumber = 3,

    /// <summary>The order number is missing.</summary>
    NoOrderNumber = 4,

    /// <summary>The amount is no exact amount in a currency.</summary>
    NoAmount = 5,

    /// <summary>packetdate is missing or no instant.</summary>
    NoPacketDate = 6,

    /// <summary>The merchant has no secret word in the portal's settings, so nothing can be proven.</summary>
    NoSecretWord = 7,

    /// <summary>The checkvalue is missing or wrong.</summary>
    WrongCheckvalue = 8,
}

/// <summary>How a push came.</summary>
public enum PushProtocol
{
    /// <summary>A form.</summary>
    Post = 0,

    /// <summary>SOAP 1.1.</summary>
    Soap = 1,
}

/// <summary>Whether a merchant's pushes are taken and which answer the gateway expects: what its cabinet says under "expected reply".</summary>
public enum PushReply
{
    /// <summary>No push is taken.</summary>
    Off = 0,

    /// <summary>HTTP status 200, whatever the body.</summary>
    Status = 1,

    /// <summary>The XML packet.</summary>
    Xml = 2,
}
