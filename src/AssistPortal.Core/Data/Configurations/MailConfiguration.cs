using AssistPortal.Core.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AssistPortal.Core.Data.Configurations;

internal sealed class LetterConfiguration : IEntityTypeConfiguration<Letter>
{
    public void Configure(EntityTypeBuilder<Letter> builder)
    {
        builder.Property(letter => letter.Id).ValueGeneratedNever();
        builder.Property(letter => letter.Key).HasMaxLength(100);
        builder.Property(letter => letter.Language).HasMaxLength(2);
        builder.Property(letter => letter.Recipient).HasMaxLength(256);
        builder.Property(letter => letter.RecipientName).HasMaxLength(100);
        builder.Property(letter => letter.Subject).HasMaxLength(300);
        builder.Property(letter => letter.Trouble).HasMaxLength(200);

        // One occasion, one letter: the database's word, whatever else happens twice.
        builder.HasIndex(letter => letter.Key).IsUnique();
        builder.HasIndex(letter => new { letter.State, letter.NextTryAt });
    }
}
