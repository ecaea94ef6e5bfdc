using AssistPortal.Protocol;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.PayPages;

namespace AssistPortal.Sandbox.Console;

/// <summary>One order: operations, transactions, the money book and its pushes.</summary>
internal static class OrderPage
{
    public static string Write(OrderSheet sheet)
    {
        var order = sheet.Order;
        return ConsoleFrame.Write($"Заказ {order.Billnumber}", "/console/orders", new Note(null, null), Html.Of($"""
            <p class="crumbs"><a href="/console/orders">Заказы</a></p>
            <h1>{order.Billnumber}</h1><p class="lead">{ConsoleFrame.State(order.State)} <b>{order.Amount.ToString()}</b></p>
            <section><h2>Заказ</h2><dl>{Fact("Номер заказа", order.Ordernumber)}{Fact("Предприятие", $"{order.MerchantId} {DemoMerchants.Get(order.MerchantId).Name}")}
            {Fact("Стадии", order.TwoStage ? "две" : "одна")}{Fact("К списанию", order.ToPay.ToString())}{Fact("Создан, UTC", WireTime.Format(order.CreatedAt))}
            {Fact("Следующий срок, UTC", order.DueAt is { } due ? WireTime.Format(due) : "")}
            {Fact("Покупатель", string.Join(' ', new[] { order.Customer.Lastname, order.Customer.Firstname, order.Customer.Middlename }.Where(name => name.Length > 0)))}
            {Fact("Почта", order.Customer.Email)}{Fact("Комментарий", order.Comment)}</dl>
            <p><a href="/control/orders/{order.Billnumber}">Вся правда в JSON</a></p></section>
            <section id="operations"><h2>Операции</h2>{(order.Operations.Count == 0 ? Empty("Карту ещё не пробовали.") : Operations(order))}</section>
            <section id="transactions"><h2>Транзакции</h2>{(sheet.Transactions.Count == 0 ? Empty("В процессинговый центр ничего не уходило.") : Transactions(sheet))}</section>
            <section id="money"><h2>Деньги</h2>{(sheet.Money is { } money ? Money(money) : Empty("Деньги не блокировались."))}{Points(sheet)}</section>
            <section id="deliveries"><h2>Доставки</h2>{DeliveriesPage.List(sheet.Deliveries)}</section>
            """));
    }

    public static string Unknown() => ConsoleFrame.Write("Нет такого заказа", "/console/orders", new Note(null, null), Html.Of($"""
        <h1>Нет такого заказа</h1><p><a href="/console/orders">Все заказы и поиск</a></p>
        """));

    private static Html Operations(Order order) => Html.Of($"""
        <div class="wide"><table><thead><tr><th>Операция</th><th>Вид</th><th>Состояние</th><th class="sum">Сумма</th><th>Код</th><th>Чем</th><th>Начата, UTC</th><th>Externalrefundid</th></tr></thead><tbody>{Html.Join(order.Operations.Select(operation => Html.Of($"""
            <tr><td>.{operation.Number}</td><td>{Kind(operation)}</td><td>{Status(operation)}</td><td class="sum">{operation.Amount.ToString()}</td><td>{operation.ResponseCode.Wire}</td><td>{operation.Means.TypeName} {operation.Means.Mask}</td><td>{WireTime.Format(operation.StartedAt)}</td><td class="long">{operation.ExternalRefundId}</td></tr>
            """)))}</tbody></table></div>
        """);

    private static Html Transactions(OrderSheet sheet) => Html.Of($"""
        <div class="wide"><table><thead><tr><th>Операция</th><th>Транзакция</th><th>Состояние</th><th class="sum">Сумма</th><th>Создана, UTC</th><th>Выполнена, UTC</th></tr></thead><tbody>{Html.Join(sheet.Transactions.Select(transaction => Html.Of($"""
            <tr><td>.{transaction.OperationNumber}</td><td>{Kind(transaction.Kind)} <span class="quiet">{transaction.Kind}</span></td><td>{Progress(transaction.State)}</td><td class="sum">{transaction.Amount.ToString()}</td><td>{WireTime.Format(transaction.CreatedAt)}</td><td>{(transaction.DoneAt is { } done ? WireTime.Format(done) : "")}</td></tr>
            """)))}</tbody></table></div>
        """);

    private static Html Money(HoldBook book) => Html.Of($"""
        <dl class="book">{Sum("Авторизовано", book.Authorised, book)}{Sum("Заблокировано", book.Held, book)}{Sum("Ждёт закрытия дня", book.Presented, book)}{Sum("Списано", book.Captured, book)}{Sum("Возвращено", book.Refunded, book)}{Sum("Отменено до списания", book.Voided, book)}{Sum("Отпущено", book.Released, book)}</dl>
        """);

    private static Html Points(OrderSheet sheet)
    {
        var accrued = new Money(sheet.Order.Accrued, Merchant.Currency);
        return sheet.Order.PointsPayment is null && accrued.Minor == 0 ? Html.None : Html.Of($"""
            <h3>Баллы «Спасибо»</h3><dl class="book">{(sheet.Order.PointsPayment is { } paid ? Entry("Оплачено баллами", Showing.Points(paid.Amount)) : Html.None)}{(sheet.PointsLeft is { } left ? Entry("Можно вернуть", Showing.Points(left)) : Html.None)}{Entry("Начислено", Showing.Points(accrued))}</dl>
            """);
    }

    private static Html Sum(string name, long minor, HoldBook book) => Entry(name, new Money(minor, book.Currency).ToString());

    private static Html Entry(string name, string value) => Html.Of($"<div><dt>{name}</dt><dd>{value}</dd></div>");

    private static Html Fact(string name, string value) => value.Length == 0 ? Html.None : Entry(name, value);

    private static Html Empty(string text) => Html.Of($"""<p class="empty">{text}</p>""");

    private static string Kind(Operation operation) =>
        operation.Type == OperationType.Payment ? operation.IsPoints ? "Оплата баллами" : "Оплата"
        : operation.Type == OperationType.Confirmation ? "Подтверждение"
        : operation.Type == OperationType.Cancellation ? operation.IsPoints ? "Возврат баллов" : "Отмена"
        : operation.Means.Subtype == PaymentMeans.Reversal ? "Начисление отозвано"
        : "Начисление";

    private static Html Status(Operation operation) => operation.Status switch
    {
        OperationStatus.Completed => ConsoleFrame.Badge("good", "выполнена"),
        OperationStatus.Failed => ConsoleFrame.Badge("bad", "не прошла"),
        OperationStatus.TimedOut => ConsoleFrame.Badge("bad", "вышло время"),
        OperationStatus.InProcess => ConsoleFrame.Badge("wait", "ждёт ответа"),
        var other => ConsoleFrame.Badge("wait", other),
    };

    private static string Kind(string transaction) => transaction switch
    {
        TransactionKind.Authorization => "Авторизация",
        TransactionKind.Financial => "Списание",
        TransactionKind.Void => "Снятие блокировки",
        TransactionKind.Refund => "Возврат",
        TransactionKind.PointsWriteOff => "Списание баллов",
        TransactionKind.PointsReturn => "Возврат баллов",
        TransactionKind.Accrual => "Начисление баллов",
        TransactionKind.AccrualReversal => "Отзыв начисления",
        _ => throw new ArgumentOutOfRangeException(nameof(transaction)),
    };

    private static Html Progress(string state) => state switch
    {
        TransactionState.Queued => ConsoleFrame.Badge("wait", "ждёт закрытия дня"),
        TransactionState.Done => ConsoleFrame.Badge("good", "выполнена"),
        TransactionState.Declined => ConsoleFrame.Badge("bad", "отклонена"),
        TransactionState.Withdrawn => ConsoleFrame.Badge("off", "отозвана"),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
