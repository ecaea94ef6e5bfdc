using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace AssistPortal.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AuditChain : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "UserName",
                table: "Audit");

            migrationBuilder.RenameColumn(
                name: "Id",
                table: "Audit",
                newName: "Seq");

            migrationBuilder.AlterColumn<long>(
                name: "Seq",
                table: "Audit",
                type: "bigint",
                nullable: false,
                oldClrType: typeof(long),
                oldType: "bigint")
                .OldAnnotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);

            migrationBuilder.AddColumn<string>(
                name: "After",
                table: "Audit",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Before",
                table: "Audit",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "Hash",
                table: "Audit",
                type: "bytea",
                maxLength: 32,
                nullable: false,
                defaultValue: new byte[0]);

            migrationBuilder.AddColumn<byte[]>(
                name: "PrevHash",
                table: "Audit",
                type: "bytea",
                maxLength: 32,
                nullable: false,
                defaultValue: new byte[0]);

            migrationBuilder.AddColumn<Guid>(
                name: "SessionId",
                table: "Audit",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Subject",
                table: "Audit",
                type: "character varying(36)",
                maxLength: 36,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AuditAnchors",
                columns: table => new
                {
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    Seq = table.Column<long>(type: "bigint", nullable: false),
                    Hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditAnchors", x => x.Day);
                });

            migrationBuilder.CreateTable(
                name: "AuditHeads",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Seq = table.Column<long>(type: "bigint", nullable: false),
                    Hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    KeyId = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true)
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

            // Entries from before the chain keep their order and get numbers without gaps; nothing can seal them afterwards. The chain begins
            // behind them.
            migrationBuilder.Sql("""
                UPDATE "Audit" SET "Seq" = -numbered.number FROM (SELECT "Seq", row_number() OVER (ORDER BY "Seq") AS number FROM "Audit") numbered WHERE "Audit"."Seq" = numbered."Seq";
                UPDATE "Audit" SET "Seq" = -"Seq";
                INSERT INTO "AuditHeads" ("Id", "Seq", "Hash") SELECT 1, count(*), decode(repeat('00', 32), 'hex') FROM "Audit";
                """);

            // A second wall behind the code's own refusal; the chain is the one that counts.
            migrationBuilder.Sql("""
                CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The audit log is append-only.'; END $$;
                CREATE TRIGGER "TR_Audit_AppendOnly" BEFORE UPDATE OR DELETE ON "Audit" FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
                CREATE TRIGGER "TR_Audit_NeverEmptied" BEFORE TRUNCATE ON "Audit" FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER "TR_Audit_AppendOnly" ON "Audit";
                DROP TRIGGER "TR_Audit_NeverEmptied" ON "Audit";
                DROP FUNCTION audit_is_append_only();
                """);

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
                type: "bigint",
                nullable: false,
                oldClrType: typeof(long),
                oldType: "bigint")
                .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);

            migrationBuilder.AddColumn<string>(
                name: "UserName",
                table: "Audit",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);
        }
    }
}
