using System.Text;
using CsCheck;

namespace AssistPortal.Gateway.Tests.Push;

/// <summary>Whatever a stranger sends ends in a verdict and an answer.</summary>
public sealed class PushFuzzTests
{
    private static readonly PushReader Reader = Pushes.Reader();

    private static readonly Gen<string> AnyType = Gen.OneOf(Pushes.FormType, "text/xml", "application/xml; charset=utf-16", "application/soap+xml", ";", "");

    [Fact]
    public void Read_RandomBytes_EndsInAVerdict() =>
        Gen.Select(AnyType, Gen.Byte.Array[0, 400]).Sample((type, bytes) => Judge(type, bytes), iter: 20_000);

    [Fact]
    public void Read_FlippedBytesOfRealPushes_EndsInAVerdict() =>
        Gen.Select(Gen.Bool, Gen.Select(Gen.Int[0, 1 << 20], Gen.Byte).List[1, 5]).Sample(
            (isSoap, flips) =>
            {
                var bytes = Encoding.UTF8.GetBytes(isSoap ? Pushes.Soap(operations: 2) : Pushes.Form());
                flips.ForEach(flip => bytes[flip.Item1 % bytes.Length] = flip.Item2);
                Judge(isSoap ? "text/xml" : Pushes.FormType, bytes);
            },
            iter: 10_000);

    [Fact]
    public void Read_RandomFormFields_EndsInAVerdict() =>
        Gen.Select(Gen.OneOf("merchant_id", "billnumber", "amount", "packetdate", "checkvalue", "email", "ordernumber", "meannumber", "%"), Gen.String).List[0, 12]
            .Sample(fields => Judge(Pushes.FormType, Encoding.UTF8.GetBytes(string.Join('&', fields.Select(field => $"{field.Item1}={field.Item2}")))), iter: 10_000);

    [Fact]
    public void Read_DeepXml_IsUnreadable() =>
        Assert.Equal(PushVerdict.Unreadable, Reader.Read(Pushes.Merchant, "text/xml", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<a>", 20_000)))).Verdict);

    private static void Judge(string type, byte[] bytes)
    {
        var push = Reader.Read(Pushes.Merchant, type, bytes);

        Assert.True(Enum.IsDefined(push.Verdict));
        Assert.All(push.Fields, field => Assert.True(field.Value.Length <= 200 && !field.Value.Any(char.IsControl)));
        Assert.InRange(PushAnswer.Stored(push, PushReply.Xml).Body.Length + PushAnswer.Stored(push, PushReply.Status).HttpStatus, 200, 100_000);
        Assert.Equal(503, PushAnswer.NotStored(push).HttpStatus);
    }
}
