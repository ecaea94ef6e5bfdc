namespace AssistPortal.Sandbox.Store;

/// <summary>
/// The tables. Amounts are minor units, instants UTC milliseconds. <c>orders</c>, <c>operation</c> and <c>transact</c> are the gateway's
/// (what it sends to the processing centre); <c>hold</c> is the processing centre's own book; <c>push</c> is the outbox of result
/// notifications with what became of each attempt.
/// </summary>
internal static class Schema
{
    /// <summary>What brings a file from one version to the next; a file's version is the number of steps it has taken.</summary>
    public static readonly string[] Steps = [First, SpasiboAndCheques, PayPages, ResultNotifications];

    private const string First = """
        CREATE TABLE IF NOT EXISTS setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

        CREATE TABLE IF NOT EXISTS orders (
            id INTEGER PRIMARY KEY,
            billnumber TEXT NOT NULL UNIQUE,
            merchant INTEGER NOT NULL,
            ordernumber TEXT NOT NULL,
            comment TEXT NOT NULL,
            amount INTEGER NOT NULL,
            currency TEXT NOT NULL,
            two_stage INTEGER NOT NULL,
            state TEXT NOT NULL,
            created INTEGER NOT NULL,
            due INTEGER,
            lastname TEXT NOT NULL,
            firstname TEXT NOT NULL,
            middlename TEXT NOT NULL,
            email TEXT NOT NULL,
            ip TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS orders_number ON orders (merchant, ordernumber, created);
        CREATE INDEX IF NOT EXISTS orders_created ON orders (merchant, created);
        CREATE INDEX IF NOT EXISTS orders_due ON orders (due) WHERE due IS NOT NULL;

        CREATE TABLE IF NOT EXISTS hold (
            id INTEGER PRIMARY KEY,
            currency TEXT NOT NULL,
            authorised INTEGER NOT NULL,
            held INTEGER NOT NULL CHECK (held >= 0),
            presented INTEGER NOT NULL CHECK (presented BETWEEN 0 AND held),
            presented_at INTEGER,
            captured INTEGER NOT NULL,
            refunded INTEGER NOT NULL CHECK (refunded BETWEEN 0 AND captured),
            voided INTEGER NOT NULL,
            released INTEGER NOT NULL,
            CHECK (authorised = held + captured + voided + released));
        CREATE INDEX IF NOT EXISTS hold_presented ON hold (presented_at) WHERE presented > 0;

        CREATE TABLE IF NOT EXISTS operation (
            id INTEGER PRIMARY KEY,
            order_id INTEGER NOT NULL REFERENCES orders (id),
            number INTEGER NOT NULL,
            type INTEGER NOT NULL,
            state TEXT NOT NULL,
            amount INTEGER NOT NULL,
            currency TEXT NOT NULL,
            started INTEGER NOT NULL,
            ended INTEGER,
            responsecode TEXT NOT NULL,
            client_ip TEXT NOT NULL,
            meantype_id INTEGER NOT NULL,
            meantypename TEXT NOT NULL,
            meansubtype TEXT NOT NULL,
            meannumber TEXT NOT NULL,
            cardholder TEXT NOT NULL,
            expiry TEXT NOT NULL,
            bank TEXT NOT NULL,
            bank_country TEXT NOT NULL,
            challenged INTEGER NOT NULL,
            approvalcode TEXT NOT NULL,
            rrn TEXT NOT NULL,
            externalrefundid TEXT,
            hold_id INTEGER REFERENCES hold (id),
            UNIQUE (order_id, number));
        CREATE INDEX IF NOT EXISTS operation_started ON operation (started);
        CREATE INDEX IF NOT EXISTS operation_ended ON operation (ended);
        CREATE INDEX IF NOT EXISTS operation_hold ON operation (hold_id) WHERE hold_id IS NOT NULL;

        CREATE TABLE IF NOT EXISTS transact (
            id INTEGER PRIMARY KEY,
            order_id INTEGER NOT NULL REFERENCES orders (id),
            operation_number INTEGER NOT NULL,
            kind TEXT NOT NULL,
            state TEXT NOT NULL,
            amount INTEGER NOT NULL,
            currency TEXT NOT NULL,
            created INTEGER NOT NULL,
            done INTEGER);
        CREATE INDEX IF NOT EXISTS transact_order ON transact (order_id);
        CREATE INDEX IF NOT EXISTS transact_queued ON transact (created) WHERE state = 'queued';
        """;

    private const string SpasiboAndCheques = """
        ALTER TABLE orders ADD COLUMN max_points INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE orders ADD COLUMN convert INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE orders ADD COLUMN cheque TEXT;
        ALTER TABLE operation ADD COLUMN authresult TEXT NOT NULL DEFAULT '';
        ALTER TABLE operation ADD COLUMN cheque TEXT;
        UPDATE operation SET authresult = 'Y' WHERE challenged = 1 AND type = 100;

        CREATE TABLE points_account (
            mask TEXT PRIMARY KEY,
            balance INTEGER NOT NULL) WITHOUT ROWID;
        """;

    private const string PayPages = """
        CREATE TABLE pay_visit (
            cfsid TEXT PRIMARY KEY,
            billnumber TEXT NOT NULL REFERENCES orders (billnumber),
            language TEXT NOT NULL,
            means INTEGER NOT NULL,
            forced TEXT,
            return_ok TEXT,
            return_no TEXT,
            step INTEGER NOT NULL,
            card_mask TEXT,
            card_holder TEXT,
            card_expiry TEXT,
            wrong_codes INTEGER NOT NULL) WITHOUT ROWID;

        CREATE TABLE shop_order (
            number TEXT PRIMARY KEY,
            merchant INTEGER NOT NULL,
            amount INTEGER NOT NULL,
            currency TEXT NOT NULL,
            two_stage INTEGER NOT NULL,
            max_points TEXT,
            with_cheque INTEGER NOT NULL,
            with_customer INTEGER NOT NULL,
            lines TEXT NOT NULL,
            created INTEGER NOT NULL) WITHOUT ROWID;

        CREATE TABLE shop_call (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            kind TEXT NOT NULL,
            ordernumber TEXT NOT NULL,
            verdict TEXT NOT NULL,
            content TEXT NOT NULL);
        """;

    private const string ResultNotifications = """
        CREATE TABLE push_setting (
            merchant INTEGER PRIMARY KEY,
            url TEXT,
            protocol TEXT NOT NULL,
            reply TEXT NOT NULL,
            approve INTEGER NOT NULL,
            charge INTEGER NOT NULL,
            cancel INTEGER NOT NULL,
            only_successful INTEGER NOT NULL,
            order_positions INTEGER NOT NULL,
            since INTEGER NOT NULL);

        CREATE TABLE push (
            id INTEGER PRIMARY KEY,
            merchant INTEGER NOT NULL,
            order_id INTEGER NOT NULL REFERENCES orders (id),
            billnumber TEXT NOT NULL UNIQUE,
            protocol TEXT NOT NULL,
            packetdate TEXT NOT NULL,
            body TEXT NOT NULL,
            created INTEGER NOT NULL,
            state TEXT NOT NULL,
            failures INTEGER NOT NULL,
            due INTEGER NOT NULL);
        CREATE INDEX push_waiting ON push (merchant, due) WHERE state = 'waiting';
        CREATE INDEX push_order ON push (order_id);

        CREATE TABLE push_attempt (
            id INTEGER PRIMARY KEY,
            push_id INTEGER NOT NULL REFERENCES push (id),
            at INTEGER NOT NULL,
            milliseconds INTEGER NOT NULL,
            http_status INTEGER,
            verdict TEXT NOT NULL,
            reply TEXT NOT NULL);
        CREATE INDEX push_attempt_push ON push_attempt (push_id);
        """;
}
