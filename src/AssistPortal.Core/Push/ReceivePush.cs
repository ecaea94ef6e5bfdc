using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using AssistPortal.Gateway;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AssistPortal.Core.Push;

/// <summary>A request that came to a merchant's push address.</summary>
/// <param name="ContentType">Media type as it says it.</param>
/// <param name="Sender">Address it came from, if known.</param>
/// <param name="Body">The body.</param>
public sealed record PushRequest(string? ContentType, string? Sender, ReadOnlyMemory<byte> Body);

/// <summary>Judges a push and stores it before anybody acts on it. Only an accepted one wakes the worker.</summary>
public sealed class ReceivePush(
    IDbContextFactory<PortalDbContext> databases, PushReader reader, MerchantDirectory merchants, PushQueue queue, TimeProvider time, ILogger<ReceivePush> logger)
{
    private const int LongestContentType = 100;
    private const int LongestSender = 64;

    // Readable in the database; it is never written into a page as it is.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Whether pushes of the merchant are taken at all.</summary>
    /// <param name="merchantId">Merchant_ID of an address.</param>
    public bool Takes(int merchantId) => reader.ReplyOf(merchantId) != PushReply.Off && merchants.Find(merchantId) is not null;

    /// <summary>Takes one push.</summary>
    /// <param name="merchantId">Merchant_ID of the address.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Gives up; the push is stored or not, and the gateway sends it again.</param>
    /// <returns>The answer, or <see langword="null"/> when the merchant isn't configured or takes no pushes.</returns>
    public async Task<PushAnswer?> RunAsync(int merchantId, PushRequest request, CancellationToken cancellationToken)
    {
        if (!Takes(merchantId) || merchants.Find(merchantId) is not { } merchant)
        {
            return null;
        }

        var notice = reader.Read(merchantId, request.ContentType, request.Body);
        try
        {
            await StoreAsync(merchant, request, notice, cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException or TimeoutException or IOException)
        {
            // A full disk or a lost database: the one thing that may not happen is a push that was answered and isn't there.
            logger.PushNotStored(exception, merchantId);
            return PushAnswer.NotStored(notice);
        }

        if (notice.Verdict == PushVerdict.Accepted)
        {
            logger.PushAccepted(merchantId, notice.Billnumber!.Value.ToString());
            queue.Wake();
        }
        else
        {
            logger.PushRejected(merchantId, notice.Verdict);
        }

        return PushAnswer.Stored(notice, reader.ReplyOf(merchantId));
    }

    private async Task StoreAsync(Merchant merchant, PushRequest request, PushNotice notice, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hash = Convert.ToHexStringLower(SHA256.HashData(request.Body.Span));
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await RepeatAsync(db, merchant.Id, hash, notice, now, cancellationToken))
        {
            return;
        }

        db.PushDeliveries.Add(Delivery(merchant, request, notice, hash, now));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // The same body came twice in the same moment, and the other one was quicker.
            await RepeatAsync(db, merchant.Id, hash, notice, now, cancellationToken);
            return;
        }

        if (notice.Verdict != PushVerdict.Accepted)
        {
            await PushRetention.TrimRejectedAsync(db, merchant.Id, cancellationToken);
        }
    }

    /// <summary>Counts a body that came before. One that was rejected and is right now, as after the secret word was corrected, gets its turn.</summary>
    private static async Task<bool> RepeatAsync(PortalDbContext db, int merchantId, string hash, PushNotice notice, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var same = db.PushDeliveries.Where(push => push.MerchantId == merchantId && push.BodyHash == hash);
        var isKnown = await same.ExecuteUpdateAsync(
            set => set.SetProperty(push => push.Repeats, push => push.Repeats + 1).SetProperty(push => push.RepeatedAt, now), cancellationToken) > 0;
        if (isKnown && notice.Verdict == PushVerdict.Accepted)
        {
            await same.Where(push => push.State == PushState.Rejected).ExecuteUpdateAsync(
                set => set.SetProperty(push => push.Verdict, PushVerdict.Accepted)
                    .SetProperty(push => push.State, PushState.Received)
                    .SetProperty(push => push.StateAt, now)
                    .SetProperty(push => push.NextTryAt, now),
                cancellationToken);
        }

        return isKnown;
    }

    private static PushDelivery Delivery(Merchant merchant, PushRequest request, PushNotice notice, string hash, DateTimeOffset now)
    {
        var delivery = new PushDelivery
        {
            Id = Guid.CreateVersion7(now),
            MerchantId = merchant.Id,
            ReceivedAt = now,
            BusinessDate = merchant.BusinessDate(now),
            Protocol = notice.Protocol,
            ContentType = Cut(request.ContentType ?? "", LongestContentType),
            Size = request.Body.Length,
            Sender = request.Sender is { } sender ? Cut(sender, LongestSender) : null,
            BodyHash = hash,
            Verdict = notice.Verdict,
            Billnumber = notice.Billnumber?.Order,
            OperationNumber = notice.Billnumber?.Operation,
            OrderNumber = notice.OrderNumber,
            OrderNumberSearch = SearchText.Of(notice.OrderNumber),
            OrderDate = notice.OrderDate,
            Fields = JsonSerializer.Serialize(notice.Fields, Readable),
        };
        if (notice.Verdict == PushVerdict.Accepted)
        {
            delivery.Accept(now);
        }
        else
        {
            (delivery.State, delivery.StateAt) = (PushState.Rejected, now);
        }

        return delivery;
    }

    private static string Cut(string text, int length) => text.Length > length ? text[..length] : text;
}
