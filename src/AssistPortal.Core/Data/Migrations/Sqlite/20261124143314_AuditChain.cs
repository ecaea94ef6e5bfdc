using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AssistPortal.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AuditChain : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // By hand and inside the transaction: EF would rebuild the table outside of one.
            migrationBuilder.DropIndex(
                name: "IX_Audit_At",
                table: "Audit");

            migrationBuilder.RenameTable(
                name: "Audit",
                newName: "AuditBefore");

            migrationBuilder.CreateTable(
                name: "Audit",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: true),
                    SessionId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Ip = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    UserAgent = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Event = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Outcome = table.Column<int>(type: "INTEGER", nullable: false),
                    MerchantId = table.Column<int>(type: "INTEGER", nullable: true),
                    Billnumber = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    ActionId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 36, nullable: true),
                    Before = table.Column<string>(type: "TEXT", nullable: true),
                    After = table.Column<string>(type: "TEXT", nullable: true),
                    Details = table.Column<string>(type: "TEXT", nullable: true),
                    PrevHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Audit", x => x.Seq);
                });

            migrationBuilder.CreateTable(
                name: "AuditAnchors",
                columns: table => new
                {
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditAnchors", x => x.Day);
                });

            migrationBuilder.CreateTable(
                name: "AuditHeads",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    KeyId = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditHeads", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Audit_Billnumber",
                table: "Audit",
                column: "Billnumber");

            migrationBuilder.CreateIndex(
                name: "IX_Audit_MerchantId_Seq",
                table: "Audit",
                columns: new[] { "MerchantId", "Seq" });

            migrationBuilder.CreateIndex(
                name: "IX_Audit_UserId_Seq",
                table: "Audit",
                columns: new[] { "UserId", "Seq" });

            migrationBuilder.CreateIndex(
                name: "IX_Audit_At",
                table: "Audit",
                column: "At");

            // Entries from before the chain keep their order and get numbers without gaps; nothing can seal them afterwards. The chain begins
            // behind them.
            migrationBuilder.Sql("""
                INSERT INTO "Audit" ("Seq", "At", "UserId", "Ip", "UserAgent", "Event", "Outcome", "MerchantId", "Billnumber", "ActionId", "Details", "PrevHash", "Hash")
                SELECT row_number() OVER (ORDER BY "Id"), "At", "UserId", "Ip", "UserAgent", "Event", "Outcome", "MerchantId", "Billnumber", "ActionId", "Details", x'', x'' FROM "AuditBefore";
                INSERT INTO "AuditHeads" ("Id", "Seq", "Hash") SELECT 1, count(*), zeroblob(32) FROM "Audit";
                """);

            migrationBuilder.DropTable(
                name: "AuditBefore");

            // A second wall behind the code's own refusal; the chain is the one that counts.
            migrationBuilder.Sql("""
                CREATE TRIGGER "TR_Audit_NoUpdate" BEFORE UPDATE ON "Audit" BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END;
                CREATE TRIGGER "TR_Audit_NoDelete" BEFORE DELETE ON "Audit" BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""DROP TRIGGER "TR_Audit_NoUpdate"; DROP TRIGGER "TR_Audit_NoDelete";""");

            migrationBuilder.DropTable(
                name: "AuditAnchors");

            migrationBuilder.DropTable(
                name: "AuditHeads");

            migrationBuilder.DropIndex(
                name: "IX_Audit_Billnumber",
                table: "Audit");

            migrationBuilder.DropIndex(
                name: "IX_Audit_MerchantId_Seq",
                table: "Audit");

            migrationBuilder.DropIndex(
                name: "IX_Audit_UserId_Seq",
                table: "Audit");

            migrationBuilder.DropColumn(
                name: "After",
                table: "Audit");

            migrationBuilder.DropColumn(
                name: "Before",
                table: "Audit");

            migrationBuilder.DropColumn(
                name: "Hash",
                table: "Audit");

            migrationBuilder.DropColumn(
                name: "PrevHash",
                table: "Audit");

            migrationBuilder.DropColumn(
                name: "SessionId",
                table: "Audit");

            migrationBuilder.DropColumn(
                name: "Subject",
                table: "Audit");

            migrationBuilder.RenameColumn(
                name: "Seq",
                table: "Audit",
                newName: "Id");

            migrationBuilder.AlterColumn<long>(
                name: "Id",
                table: "Audit",
                type: "INTEGER",
                nullable: false,
                oldClrType: typeof(long),
                oldType: "INTEGER")
                .Annotation("Sqlite:Autoincrement", true);

            migrationBuilder.AddColumn<string>(
                name: "UserName",
                table: "Audit",
                type: "TEXT",
                maxLength: 100,
                nullable: true);
        }
    }
}
