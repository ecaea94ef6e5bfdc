using System.Globalization;
using System.Runtime.CompilerServices;
using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Orders;
using AssistPortal.Core.Privacy;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Reports;

/// <summary>File formats of an export.</summary>
public enum ExportFormat
{
    /// <summary>Semicolons, UTF-8 with BOM: opens in a Russian Excel by double click.</summary>
    Csv,

    /// <summary>Excel workbook with real numbers and dates.</summary>
    Xlsx,
}

/// <summary>Takes the filtered grid out as a file: streamed, exact, safe against formulas; period, zone and filter written in it.</summary>
public sealed class ExportOrders(IDbContextFactory<PortalDbContext> databases, MerchantDirectory merchants, AuditLog audit, TimeProvider time)
{
    /// <summary>Checks the right and opens the export; the file is written by <see cref="ExportFile.WriteAsync"/>.</summary>
    /// <param name="filter">The grid's filter.</param>
    /// <param name="sort">The grid's column.</param>
    /// <param name="descending">The grid's direction.</param>
    /// <param name="format">File format.</param>
    /// <param name="culture">Language of the headings and, in CSV, of the decimal delimiter.</param>
    /// <param name="actor">Who takes it; needs <see cref="Permission.Export"/>. Audited, denials too.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<ExportFile>> RunAsync(OrderFilter filter, OrderSort sort, bool descending, ExportFormat format, CultureInfo culture, Actor actor, CancellationToken cancellationToken)
    {
        if (filter.MerchantId is { } merchantId && actor.Sees(merchantId) ? !actor.May(Permission.Export, merchantId) : !actor.May(Permission.Export))
        {
            await audit.WriteAsync(actor, AuditEvents.OrdersExported, AuditOutcome.Denied, filter.MerchantId, null, format.ToString(), cancellationToken);
            return new Problem.Denied(Permission.Export);
        }

        if (OrderQuery.Check(filter) is { } problem)
        {
            return problem;
        }

        var head = new ReportHead(actor.Name, time.GetUtcNow(), filter, [.. merchants.All.Where(merchant => actor.May(Permission.Export, merchant.Id) && (filter.MerchantId ?? merchant.Id) == merchant.Id)]);

        // Written down before the first byte: who breaks the download off has seen data all the same.
        await audit.WriteAsync(
            actor, AuditEvents.OrdersExported, AuditOutcome.Done, filter.MerchantId, null, string.Create(CultureInfo.InvariantCulture, $"{format}, {filter.From:yyyy-MM-dd} to {filter.Until:yyyy-MM-dd}, {OrderReport.Brief(filter)}{(actor.May(Permission.PersonalData) ? ", with personal data" : "")}"), cancellationToken);
        return format == ExportFormat.Csv
            ? new ExportFile(FileName(filter, head, "csv"), "text/csv; charset=utf-8", (stream, token) => CsvOrders.WriteAsync(stream, head, ReadAsync(filter, sort, descending, actor, token), culture, token))
            : new ExportFile(
                FileName(filter, head, "xlsx"),
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                (stream, token) => XlsxOrders.WriteAsync(stream, head, ReadAsync(filter, sort, descending, actor, token), culture, token));
    }

    private async IAsyncEnumerable<(Order Order, Merchant Merchant)> ReadAsync(OrderFilter filter, OrderSort sort, bool descending, Actor actor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await foreach (var order in db.Orders.SeenBy(actor, Permission.Export).Fitting(filter, actor).Sorted(sort, descending).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (merchants.Find(order.MerchantId) is { } merchant)
            {
                if (!actor.May(Permission.PersonalData, order.MerchantId))
                {
                    PersonalData.Hide(order);
                }

                yield return (order, merchant);
            }
        }
    }

    private static string FileName(OrderFilter filter, ReportHead head, string extension)
    {
        var until = filter.Until ?? DateOnly.FromDateTime(head.At.UtcDateTime);
        return string.Create(CultureInfo.InvariantCulture, $"orders_{(filter.From is { } from ? $"{from:yyyy-MM-dd}_" : "")}{until:yyyy-MM-dd}.{extension}");
    }
}

/// <summary>An export about to be written.</summary>
/// <param name="FileName">Suggested name, for example <c>orders_2026-11-01_2026-11-24.xlsx</c>.</param>
/// <param name="ContentType">Media type.</param>
/// <param name="WriteAsync">Writes the file to a stream that takes asynchronous writes.</param>
public sealed record ExportFile(string FileName, string ContentType, Func<Stream, CancellationToken, Task> WriteAsync);
