using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AssistPortal.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Rights : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "RightsVersion",
                table: "AspNetUsers",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.CreateTable(
                name: "AccessReviews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ReviewerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    RightsVersion = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccessReviews", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "OwnRoles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Permissions = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Version = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OwnRoles", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Assignments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Role = table.Column<int>(type: "INTEGER", nullable: true),
                    OwnRoleId = table.Column<Guid>(type: "TEXT", nullable: true),
                    MerchantId = table.Column<int>(type: "INTEGER", nullable: true),
                    EndsAt = table.Column<long>(type: "INTEGER", nullable: true),
                    GivenBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    GivenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Assignments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Assignments_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Assignments_OwnRoles_OwnRoleId",
                        column: x => x.OwnRoleId,
                        principalTable: "OwnRoles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AccessReviews_UserId",
                table: "AccessReviews",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_Assignments_OwnRoleId",
                table: "Assignments",
                column: "OwnRoleId");

            migrationBuilder.CreateIndex(
                name: "IX_Assignments_UserId",
                table: "Assignments",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_OwnRoles_Name",
                table: "OwnRoles",
                column: "Name",
                unique: true);

            // Everybody keeps what he had: the administrator, now the owner, for every merchant, the others for those granted to them.
            migrationBuilder.Sql("""
                INSERT INTO "Assignments" ("Id", "UserId", "Role", "MerchantId", "GivenAt")
                SELECT upper(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(6))), u."Id", u."Role", g."MerchantId", 621355968000000000 + CAST(strftime('%s', 'now') AS INTEGER) * 10000000
                FROM "AspNetUsers" u LEFT JOIN "MerchantGrants" g ON g."UserId" = u."Id" AND u."Role" <> 3
                WHERE u."Role" = 3 OR g."MerchantId" IS NOT NULL;
                """);

            migrationBuilder.DropTable(
                name: "MerchantGrants");

            // SQLite's own statement stays inside the transaction; EF would rebuild the table outside of one.
            migrationBuilder.Sql("""ALTER TABLE "AspNetUsers" DROP COLUMN "Role";""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AccessReviews");

            migrationBuilder.DropTable(
                name: "Assignments");

            migrationBuilder.DropTable(
                name: "OwnRoles");

            migrationBuilder.DropColumn(
                name: "RightsVersion",
                table: "AspNetUsers");

            migrationBuilder.AddColumn<int>(
                name: "Role",
                table: "AspNetUsers",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "MerchantGrants",
                columns: table => new
                {
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    MerchantId = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MerchantGrants", x => new { x.UserId, x.MerchantId });
                    table.ForeignKey(
                        name: "FK_MerchantGrants_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });
        }
    }
}
