using Microsoft.Data.Sqlite;

namespace AssistPortal.Sandbox.Hosting;

/// <summary>
/// What a page or a control call says when the database takes nothing, a full disk say: its transaction was rolled back, nothing is half
/// done, and the sandbox goes on when there is space again. The services have an error pair of the wire for it.
/// </summary>
internal static partial class DatabaseFailure
{
    private const string Text = "The sandbox's database failed, perhaps for lack of space; nothing was done.";

    public static void AnswerDatabaseFailures(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(DatabaseFailure));
        app.Use(async (http, next) =>
        {
            try
            {
                await next(http);
            }
            catch (SqliteException failure) when (!http.Response.HasStarted)
            {
                NotDone(log, http.Request.Path, failure);
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                await http.Response.WriteAsJsonAsync(new { error = Text }, http.RequestAborted);
            }
        });
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} wasn't done: the database failed.")]
    private static partial void NotDone(ILogger logger, string path, Exception failure);
}
