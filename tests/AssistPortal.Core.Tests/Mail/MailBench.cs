using AssistPortal.Core.Mail;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Tests.Mail;

/// <summary>A service layer whose letters go to a real mail server.</summary>
internal static class MailBench
{
    public const string Email = "anna@example.test";

    public static readonly LetterRecipient Anna = new(Email, "Анна Петрова", "ru");

    public static Task<CoreBench> StartAsync(DatabaseKind kind, PostgresServer postgres, MailServer server, params (string Name, string Setting)[] settings) =>
        CoreBench.StartAsync(kind, postgres, null, Settings(server, settings));

    /// <summary>The server's settings; further ones win.</summary>
    public static (string Name, string Setting)[] Settings(MailServer server, params (string Name, string Setting)[] settings) =>
        [.. server.Settings.Select(setting => (Name: setting.Key, Setting: setting.Value!)).Where(setting => settings.All(own => own.Name != setting.Name)), .. settings];

    public static async Task<Guid> WriteAsync(CoreBench bench, string key = "test:1", LetterRecipient? to = null)
    {
        await using var db = bench.Open();
        bench.Get<Outbox>().Add(db, LetterKind.PasswordReset, to ?? Anna, key, TimeSpan.FromHours(1), "/account/reset?token=abc", "24.11.2026 15:00", "192.0.2.7");
        await db.SaveChangesAsync(CoreBench.Token);
        return (await db.Letters.SingleAsync(letter => letter.Key == key, CoreBench.Token)).Id;
    }

    public static Task SendAsync(CoreBench bench, Guid id) => bench.Get<SendLetter>().RunAsync(id, CoreBench.Token);

    public static async Task<Letter> ReadAsync(CoreBench bench, Guid id)
    {
        await using var db = bench.Open();
        return await db.Letters.AsNoTracking().SingleAsync(letter => letter.Id == id, CoreBench.Token);
    }
}
