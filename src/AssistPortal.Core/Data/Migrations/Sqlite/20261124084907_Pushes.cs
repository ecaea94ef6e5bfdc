using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AssistPortal.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Pushes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "PushDeliveries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    MerchantId = table.Column<int>(type: "INTEGER", nullable: false),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    BusinessDate = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Protocol = table.Column<int>(type: "INTEGER", nullable: false),
                    ContentType = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Size = table.Column<int>(type: "INTEGER", nullable: false),
                    Sender = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    BodyHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Repeats = table.Column<int>(type: "INTEGER", nullable: false),
                    RepeatedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Verdict = table.Column<int>(type: "INTEGER", nullable: false),
                    Billnumber = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    OperationNumber = table.Column<int>(type: "INTEGER", nullable: true),
                    OrderNumber = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    OrderNumberSearch = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    OrderDate = table.Column<long>(type: "INTEGER", nullable: true),
                    Fields = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    StateAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Effect = table.Column<int>(type: "INTEGER", nullable: true),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false),
                    Trouble = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    NextTryAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Lease = table.Column<Guid>(type: "TEXT", nullable: true),
                    LeaseUntil = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PushDeliveries", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Operations_Date",
                table: "Operations",
                column: "Date");

            migrationBuilder.CreateIndex(
                name: "IX_PushDeliveries_Billnumber",
                table: "PushDeliveries",
                column: "Billnumber");

            migrationBuilder.CreateIndex(
                name: "IX_PushDeliveries_MerchantId_BodyHash",
                table: "PushDeliveries",
                columns: new[] { "MerchantId", "BodyHash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PushDeliveries_MerchantId_State_ReceivedAt",
                table: "PushDeliveries",
                columns: new[] { "MerchantId", "State", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PushDeliveries_MerchantId_Verdict_ReceivedAt",
                table: "PushDeliveries",
                columns: new[] { "MerchantId", "Verdict", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PushDeliveries_State_NextTryAt",
                table: "PushDeliveries",
                columns: new[] { "State", "NextTryAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PushDeliveries");

            migrationBuilder.DropIndex(
                name: "IX_Operations_Date",
                table: "Operations");
        }
    }
}
