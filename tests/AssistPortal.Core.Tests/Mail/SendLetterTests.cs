using System.Net;
using System.Net.Sockets;
using AssistPortal.Core.Mail;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MimeKit;
using Xunit;

namespace AssistPortal.Core.Tests.Mail;

public sealed class SendLetterTests(PostgresServer postgres)
{
    public static TheoryData<DatabaseKind> Databases => [.. TestKit.PortalDatabase.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Send_Letter_ArrivesReadableAndIsForgotten(DatabaseKind kind)
    {
        await using var server = new MailServer();
        await using var bench = await MailBench.StartAsync(kind, postgres, server);
        var id = await MailBench.WriteAsync(bench);

        await MailBench.SendAsync(bench, id);

        var message = Assert.Single(server.Taken);
        Assert.Equal(("Новый пароль для AssistPortal", "portal@shop.test", $"{id:N}@shop.test"), (message.Subject, message.From.Mailboxes.Single().Address, message.MessageId));
        Assert.Equal(("Анна Петрова", MailBench.Email), (message.To.Mailboxes.Single().Name, message.To.Mailboxes.Single().Address));
        Assert.Contains("Здравствуйте, Анна Петрова.", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("с адреса 192.0.2.7", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("Задать новый пароль:\nhttps://portal.test/account/reset?token=abc\n", message.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("href=\"https://portal.test/account/reset?token=abc\"", message.HtmlBody, StringComparison.Ordinal);
        var letter = await MailBench.ReadAsync(bench, id);
        Assert.Equal((LetterState.Sent, LetterKind.PasswordReset, CoreBench.Now, 0), (letter.State, letter.Kind, letter.StateAt, letter.Tries));
        Assert.All(new[] { letter.Recipient, letter.RecipientName, letter.Subject, letter.Text, letter.Html }, Assert.Null);
    }

    [Fact]
    public async Task Letter_OfATransactionThatFails_DoesNotExist()
    {
        await using var server = new MailServer();
        await using var bench = await MailBench.StartAsync(DatabaseKind.Sqlite, postgres, server);
        await using (var db = bench.Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Token);
            bench.Get<Outbox>().Add(db, LetterKind.PasswordReset, MailBench.Anna, "test:1", TimeSpan.FromHours(1), "/x", "", "");
            await db.SaveChangesAsync(Token);
        }

        await using var after = bench.Open();
        Assert.Empty(await after.Letters.ToListAsync(Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Outbox_SameOccasionTwice_IsOneLetter(DatabaseKind kind)
    {
        await using var server = new MailServer();
        await using var bench = await MailBench.StartAsync(kind, postgres, server);
        await MailBench.WriteAsync(bench);

        await Assert.ThrowsAsync<DbUpdateException>(() => MailBench.WriteAsync(bench));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Send_TwoWorkers_SendOneLetter(DatabaseKind kind)
    {
        await using var server = new MailServer();
        await using var bench = await MailBench.StartAsync(kind, postgres, server);
        var id = await MailBench.WriteAsync(bench);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => MailBench.SendAsync(bench, id))));

        Assert.Single(server.Taken);
        Assert.Equal(LetterState.Sent, (await MailBench.ReadAsync(bench, id)).State);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Send_KilledBetweenTheServersYesAndItsNote_RepeatsOnceAndSaysWhichLetterItIs(DatabaseKind kind)
    {
        await using var server = new MailServer();
        await using var bench = await MailBench.StartAsync(kind, postgres, server);
        var id = await MailBench.WriteAsync(bench);
        server.TakeAndHangUp();
        await MailBench.SendAsync(bench, id);
        Assert.Equal(LetterState.Waiting, (await MailBench.ReadAsync(bench, id)).State);

        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await MailBench.SendAsync(bench, id);
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await MailBench.SendAsync(bench, id);

        Assert.Equal(2, server.Taken.Count);
        Assert.Single(server.Taken.Select(message => message.MessageId).Distinct());
        Assert.Equal(LetterState.Sent, (await MailBench.ReadAsync(bench, id)).State);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Send_WorkerDied_IsTakenOverWhenItsLeaseIsOver(DatabaseKind kind)
    {
        await using var server = new MailServer();
        await using var bench = await MailBench.StartAsync(kind, postgres, server);
        var id = await MailBench.WriteAsync(bench);
        await using (var db = bench.Open())
        {
            var letter = await db.Letters.SingleAsync(Token);
            (letter.Lease, letter.LeaseUntil, letter.NextTryAt) = (Guid.CreateVersion7(), CoreBench.Now + SendLetter.LeaseTime, CoreBench.Now + SendLetter.LeaseTime);
            await db.SaveChangesAsync(Token);
        }

        bench.Clock.Advance(SendLetter.LeaseTime - TimeSpan.FromSeconds(1));
        await MailBench.SendAsync(bench, id);
        Assert.Empty(server.Taken);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        await MailBench.SendAsync(bench, id);

        Assert.Single(server.Taken);
    }

    [Fact]
    public async Task Send_ServerBusy_IsTriedAgainAfterAPause()
    {
        await using var server = new MailServer();
        await using var bench = await MailBench.StartAsync(DatabaseKind.Sqlite, postgres, server);
        var id = await MailBench.WriteAsync(bench);
        server.Refuse("MAIL", "451 come back later, anna@example.test");

        await MailBench.SendAsync(bench, id);
        var waiting = await MailBench.ReadAsync(bench, id);
        await MailBench.SendAsync(bench, id);
        Assert.Empty(server.Taken);
        bench.Clock.Advance(TimeSpan.FromSeconds(30));
        await MailBench.SendAsync(bench, id);

        Assert.Equal((LetterState.Waiting, 1), (waiting.State, waiting.Tries));
        Assert.Contains("451", waiting.Trouble, StringComparison.Ordinal);
        Assert.DoesNotContain("anna", waiting.Trouble, StringComparison.Ordinal);
        Assert.Single(server.Taken);
    }

    [Fact]
    public async Task Send_NoSuchMailbox_IsGivenUpAtOnceAndForgotten()
    {
        await using var server = new MailServer();
        await using var bench = await MailBench.StartAsync(DatabaseKind.Sqlite, postgres, server);
        var id = await MailBench.WriteAsync(bench);
        server.Refuse("RCPT", "550 no such mailbox");

        await MailBench.SendAsync(bench, id);

        var letter = await MailBench.ReadAsync(bench, id);
        Assert.Equal((LetterState.Failed, null, null), (letter.State, letter.Recipient, letter.Text));
        Assert.Equal(new LetterHealth(0, 0, 1), await bench.Get<GetLetterHealth>().RunAsync(Token));
    }

    [Fact]
    public async Task Send_NoServer_TriesBoundedlyAndTellsTheHealthPage()
    {
        await using var bench = await CoreBench.StartAsync(
            DatabaseKind.Sqlite, postgres, null, ("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{ClosedPort()}"), ("Mail:Tls", "None"), ("Mail:From", "a@b.test"), ("Mail:PortalAddress", "https://portal.test"));
        await using (var db = bench.Open())
        {
            bench.Get<Outbox>().Add(db, LetterKind.PasswordReset, MailBench.Anna, "test:1", TimeSpan.FromDays(30), "/x", "", "");
            await db.SaveChangesAsync(Token);
        }

        Guid id;
        await using (var db = bench.Open())
        {
            id = (await db.Letters.SingleAsync(Token)).Id;
        }

        List<int> tries = [];
        for (var round = 0; round < SendLetter.MaxTries + 3; round++)
        {
            await MailBench.SendAsync(bench, id);
            tries.Add((await MailBench.ReadAsync(bench, id)).Tries);
            if (round == 2)
            {
                Assert.Equal(new LetterHealth(1, 1, 0), await bench.Get<GetLetterHealth>().RunAsync(Token));
            }

            bench.Clock.Advance(TimeSpan.FromHours(1));
        }

        var letter = await MailBench.ReadAsync(bench, id);
        Assert.Equal((LetterState.Failed, SendLetter.MaxTries, null), (letter.State, tries[^1], letter.Recipient));
        Assert.Contains("can't be reached", letter.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_AfterItsUse_IsNotSent()
    {
        await using var server = new MailServer();
        await using var bench = await MailBench.StartAsync(DatabaseKind.Sqlite, postgres, server);
        var id = await MailBench.WriteAsync(bench);

        bench.Clock.Advance(TimeSpan.FromHours(1));
        await MailBench.SendAsync(bench, id);

        Assert.Empty(server.Taken);
        Assert.Equal(LetterState.Failed, (await MailBench.ReadAsync(bench, id)).State);
    }

    [Fact]
    public async Task Send_WrongPasswordOfTheServer_SaysWhichSetting()
    {
        await using var server = new MailServer();
        await using var bench = await MailBench.StartAsync(DatabaseKind.Sqlite, postgres, server, ("Mail:User", "portal"), ("Mail:Password", "not-to-be-seen"));
        var id = await MailBench.WriteAsync(bench);

        await MailBench.SendAsync(bench, id);

        var trouble = (await MailBench.ReadAsync(bench, id)).Trouble;
        Assert.Contains("Mail:User", trouble, StringComparison.Ordinal);
        Assert.DoesNotContain("not-to-be-seen", trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ServerWithoutStartTls_GetsNothing()
    {
        await using var server = new MailServer();
        await using var bench = await MailBench.StartAsync(DatabaseKind.Sqlite, postgres, server, ("Mail:Tls", "StartTls"));
        var id = await MailBench.WriteAsync(bench);

        await MailBench.SendAsync(bench, id);

        Assert.Empty(server.Taken);
        Assert.Contains("Mail:Tls", (await MailBench.ReadAsync(bench, id)).Trouble, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Анна\r\nBcc: evil@example.test")]
    [InlineData("Anna\nBcc: evil@example.test\r\n\r\nBuy now")]
    [InlineData("Анна\u2028Bcc: evil@example.test")]
    [InlineData("Anna\" <evil@example.test>, \"x")]
    public async Task Send_NameThatWantsToBeAHeader_StaysAName(string name)
    {
        await using var server = new MailServer();
        await using var bench = await MailBench.StartAsync(DatabaseKind.Sqlite, postgres, server);
        var id = await MailBench.WriteAsync(bench, to: MailBench.Anna with { Name = name });

        await MailBench.SendAsync(bench, id);

        var message = Assert.Single(server.Taken);
        Assert.Equal(MailBench.Email, Assert.Single(message.To.Mailboxes).Address);
        Assert.Empty(message.Bcc);
        Assert.Equal(
            ["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-Id", "Subject", "To"],
            message.Headers.Concat(message.Body!.Headers).Select(header => header.Field).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Html_NameWithMarkup_IsText()
    {
        await using var server = new MailServer();
        await using var bench = await MailBench.StartAsync(DatabaseKind.Sqlite, postgres, server);
        var id = await MailBench.WriteAsync(bench, to: MailBench.Anna with { Name = "<img src=x onerror=alert(1)>{1}" });

        await MailBench.SendAsync(bench, id);

        var html = Assert.Single(server.Taken).HtmlBody;
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains("&lt;img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_WithoutHost_HoldsTheLetterAsAFile()
    {
        using var folder = new TempFolder();
        await using var bench = await CoreBench.StartAsync(
            DatabaseKind.Sqlite, postgres, null, ("Mail:Folder", folder.At("letters")), ("Mail:From", "a@b.test"), ("Mail:PortalAddress", "http://localhost:5080"));
        var id = await MailBench.WriteAsync(bench);

        await MailBench.SendAsync(bench, id);

        var message = await MimeMessage.LoadAsync(Assert.Single(Directory.GetFiles(folder.At("letters"))), Token);
        Assert.Contains("http://localhost:5080/account/reset?token=abc", message.TextBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mail:From", "nobody", "From")]
    [InlineData("Mail:PortalAddress", "portal", "PortalAddress")]
    [InlineData("Mail:Port", "0", "Port")]
    public async Task Options_Wrong_AreNamed(string name, string setting, string word)
    {
        await using var server = new MailServer();
        using var services = CoreBench.Build(null, MailBench.Settings(server, (name, setting)));
        var options = services.GetRequiredService<IOptions<MailOptions>>();

        var wrong = Assert.Throws<OptionsValidationException>(() => options.Value);

        Assert.Contains($"Mail:{word}", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_PasswordOverAPlainLine_IsRefused()
    {
        var options = new MailOptions { Host = "mail.example.test", Tls = MailTls.None, User = "portal", Password = "x", From = "a@b.test", PortalAddress = "https://portal.test" };

        Assert.Contains("in the open", new MailOptionsValidator().Validate(null, options).FailureMessage, StringComparison.Ordinal);
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
