using System.Text.RegularExpressions;
using AssistPortal.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AssistPortal.Gateway;

/// <summary>
/// The client of the Assist web services. Queries are repeated with jitter; commands are sent exactly once; redirects are never followed;
/// nothing secret reaches a log or an exception. Safe for parallel use.
/// </summary>
public sealed partial class AssistClient
{
    private readonly GatewayConnection _connection;
    private readonly GatewayTelemetry _telemetry;
    private readonly AssistOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<AssistClient> _log;

    internal AssistClient(GatewayConnection connection, GatewayTelemetry telemetry, IOptions<AssistOptions> options, TimeProvider clock, ILogger<AssistClient> log)
    {
        (_connection, _telemetry, _options, _clock, _log) = (connection, telemetry, options.Value, clock, log);
    }

    /// <summary>orderstate. An unknown order is an answer with no orders.</summary>
    /// <exception cref="ArgumentException">The merchant isn't configured, or the order number is blank.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task<GatewayResult<IReadOnlyList<OrderSnapshot>>> OrderStateAsync(OrderStateQuery query, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(query.OrderNumber);
        var merchant = Merchant(query.MerchantId);
        var reader = new OrderReader(merchant.Id, merchant.SecretWord);
        return QueryAsync(Service.OrderState, merchant, query.OrderNumber, Form.Of(query, merchant), reader.Order, cancellationToken);
    }

    /// <summary>orderresult. An unknown order is an answer with no orders.</summary>
    /// <exception cref="ArgumentException">The merchant isn't configured, or not exactly one of billnumber and order number is given.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task<GatewayResult<IReadOnlyList<OrderSnapshot>>> OrderResultAsync(OrderResultQuery query, CancellationToken cancellationToken)
    {
        if (query.Billnumber is null == string.IsNullOrWhiteSpace(query.OrderNumber))
        {
            throw new ArgumentException("Either the billnumber or the order number must be given.", nameof(query));
        }

        var merchant = Merchant(query.MerchantId);
        var reader = new OrderReader(merchant.Id, merchant.SecretWord);
        var subject = query.Billnumber?.ToString() ?? query.OrderNumber!;
        return QueryAsync(Service.OrderResult, merchant, subject, Form.Of(query, merchant), reader.Order, cancellationToken);
    }

    /// <summary>resultbydate. An empty window (10/201) is an answer with no rows.</summary>
    /// <exception cref="ArgumentException">
    /// The merchant isn't configured, the window ends before it begins, or it is longer than 24 hours; an open window ends now.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task<GatewayResult<IReadOnlyList<ResultByDateRow>>> ResultByDateAsync(ResultByDateQuery query, CancellationToken cancellationToken)
    {
        var window = (query.Until ?? _clock.GetUtcNow()) - query.From;
        if (window > ResultByDateQuery.MaxWindow || (query.Until is not null && window < TimeSpan.Zero))
        {
            throw new ArgumentException("The window must not end before it begins nor be longer than 24 hours.", nameof(query));
        }

        var merchant = Merchant(query.MerchantId);
        var reader = new OrderReader(merchant.Id, merchant.SecretWord);
        var subject = query.Until is { } until ? $"{WireTime.Format(query.From)} – {WireTime.Format(until)}" : $"{WireTime.Format(query.From)} –";
        return QueryAsync(Service.ResultByDate, merchant, subject, Form.Of(query, merchant), reader.NumberedRow, cancellationToken);
    }

    /// <summary>
    /// charge, sent once. Cancelling the token is never an exception: after the first byte left it gives <see cref="CommandVerdict.Unknown"/>,
    /// before it <see cref="CommandVerdict.NothingSent"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The merchant isn't configured.</exception>
    public async Task<CommandOutcome> ChargeAsync(ChargeCommand command, CancellationToken cancellationToken)
    {
        var merchant = Merchant(command.MerchantId);
        using var body = Form.Of(command, merchant).ToContent();
        return await CommandAsync(Service.Charge, merchant, command.Billnumber, OperationType.Confirmation, body, cancellationToken);
    }

    /// <summary>
    /// cancel (the classic service, XML), sent once; without <see cref="CancelCommand.ExternalRefundId"/>. Cancelling the token as in
    /// <see cref="ChargeAsync"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The merchant isn't configured.</exception>
    public async Task<CommandOutcome> CancelAsync(CancelCommand command, CancellationToken cancellationToken)
    {
        var merchant = Merchant(command.MerchantId);
        using var body = Form.Of(command, merchant).ToContent();
        return await CommandAsync(Service.Cancel, merchant, command.Billnumber, OperationType.Cancellation, body, cancellationToken);
    }

    /// <summary>
    /// wscancel (JSON), sent once, with <see cref="CancelCommand.ExternalRefundId"/>. Cancelling the token as in <see cref="ChargeAsync"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The merchant isn't configured, or the refund's id isn't 10–100 of <c>A–Z a–z 0–9 - _</c>.</exception>
    public async Task<CommandOutcome> WsCancelAsync(CancelCommand command, CancellationToken cancellationToken)
    {
        if (command.ExternalRefundId is { } id && !RefundId().IsMatch(id))
        {
            throw new ArgumentException("The refund's id must have 10 to 100 Latin letters, digits, hyphens or underscores.", nameof(command));
        }

        var merchant = Merchant(command.MerchantId);
        using var body = WsCancelRequest.Content(command, merchant);
        return await CommandAsync(Service.WsCancel, merchant, command.Billnumber, OperationType.Cancellation, body, cancellationToken);
    }

    private AssistMerchant Merchant(int id) =>
        _options.Merchants.FirstOrDefault(merchant => merchant.Id == id) ?? throw new ArgumentException($"Merchant {id} isn't configured.", nameof(id));

    private async Task<GatewayResult<IReadOnlyList<T>>> QueryAsync<T>(
        Service service, AssistMerchant merchant, string subject, Form form, Func<Block, T> read, CancellationToken cancellationToken)
    {
        using var span = GatewayTelemetry.Start(service, merchant.Id);
        var started = _clock.GetTimestamp();
        try
        {
            using var content = form.ToContent();
            var reply = await _connection.AskAsync(service, content, cancellationToken);
            var result = Read(service, reply, read);
            var duration = _clock.GetElapsedTime(started);
            Log(service, merchant.Id, subject, result, duration);
            _telemetry.End(span, service, result is GatewayResult<IReadOnlyList<T>>.Failed failed ? failed.Failure.GetType().Name : "Answered", duration);
            return result;
        }
        catch (OperationCanceledException)
        {
            GatewayLog.GivenUp(_log, service.Name, merchant.Id, subject);
            throw;
        }
    }

    private static GatewayResult<IReadOnlyList<T>> Read<T>(Service service, Reply reply, Func<Block, T> read)
    {
        if (reply is not Reply.Body body)
        {
            return new GatewayResult<IReadOnlyList<T>>.Failed(((Reply.Failed)reply).Failure);
        }

        try
        {
            var answer = Answer.Read(service, body.Bytes);
            return answer.Code.IsNone || answer.Code == ErrorCode.NoOrder
                ? new GatewayResult<IReadOnlyList<T>>.Answered([.. answer.Records.Select(read)])
                : new GatewayResult<IReadOnlyList<T>>.Failed(new GatewayFailure.Refused(answer.Code));
        }
        catch (AnswerRejectedException rejected)
        {
            return new GatewayResult<IReadOnlyList<T>>.Failed(rejected.Failure);
        }
    }

    private async Task<CommandOutcome> CommandAsync(
        Service service, AssistMerchant merchant, Billnumber billnumber, OperationType kind, HttpContent body, CancellationToken cancellationToken)
    {
        using var span = GatewayTelemetry.Start(service, merchant.Id);
        var started = _clock.GetTimestamp();
        var reply = await _connection.CommandAsync(service, body, cancellationToken);
        var outcome = CommandAnswer.Read(service, reply, new OrderReader(merchant.Id, secretWord: null), billnumber, kind, _clock.GetElapsedTime(started));
        GatewayLog.Command(
            _log, service.Name, merchant.Id, billnumber.ToString(), outcome.Verdict, outcome.ResponseCode?.Wire, Describe(outcome.Failure), (long)outcome.Duration.TotalMilliseconds);
        _telemetry.End(span, service, outcome.Verdict.ToString(), outcome.Duration);
        return outcome;
    }

    private void Log<T>(Service service, int merchantId, string subject, GatewayResult<IReadOnlyList<T>> result, TimeSpan duration)
    {
        var milliseconds = (long)duration.TotalMilliseconds;
        switch (result)
        {
            case GatewayResult<IReadOnlyList<T>>.Answered answered:
                GatewayLog.Answered(_log, service.Name, merchantId, subject, answered.Value.Count, milliseconds);
                break;
            case GatewayResult<IReadOnlyList<T>>.Failed { Failure: GatewayFailure.Mistrusted mistrusted }:
                GatewayLog.Mistrusted(_log, service.Name, merchantId, subject, mistrusted.OrderNumber);
                break;
            case GatewayResult<IReadOnlyList<T>>.Failed failed:
                GatewayLog.Failed(_log, service.Name, merchantId, subject, milliseconds, Describe(failed.Failure)!);
                break;
        }
    }

    private static string? Describe(GatewayFailure? failure) => failure switch
    {
        GatewayFailure.Transport { HttpStatus: null } transport => transport.Detail,
        GatewayFailure.Unreadable unreadable => unreadable.Reason,
        _ => failure?.Brief,
    };

    [GeneratedRegex(@"^[A-Za-z0-9_-]{10,100}\z")]
    private static partial Regex RefundId();
}
