namespace AssistPortal.Core.Audit;

/// <summary>Goes along the chain entry by entry, remembering only the last one, and says what is wrong where it stops.</summary>
/// <param name="keys">Computes the seals.</param>
/// <param name="head">The end of the chain, read before the entries.</param>
/// <param name="anchors">Daily anchors of the database.</param>
/// <param name="kept">Daily anchors of the file.</param>
internal sealed class ChainWalk(AuditKeys keys, AuditHead head, IEnumerable<AuditAnchor> anchors, IEnumerable<AuditAnchor> kept)
{
    private readonly ILookup<long, AuditAnchor> _anchors = anchors.ToLookup(anchor => anchor.Seq);
    private readonly ILookup<long, AuditAnchor> _kept = kept.ToLookup(anchor => anchor.Seq);
    private byte[] _hash = new byte[AuditKeys.HashLength];
    private DateTimeOffset? _at;
    private long _unsealed;
    private int _anchorsFitted;
    private int _keptFitted;

    /// <summary>The last entry that was right; 0 at the beginning.</summary>
    public long Seq { get; private set; }

    private bool HasSealed => Seq > _unsealed;

    /// <summary>Goes on by one entry; <see langword="false"/> when it isn't the one that follows.</summary>
    public bool Take(AuditEntry entry)
    {
        if (entry.Seq != Seq + 1)
        {
            return false;
        }

        if (entry.Hash.Length == 0 && !HasSealed)
        {
            _unsealed++;
        }
        else if (entry.PrevHash.AsSpan().SequenceEqual(_hash) && IsSealedFor(entry, entry.Seq))
        {
            _hash = entry.Hash;
        }
        else
        {
            return false;
        }

        (Seq, _at) = (entry.Seq, entry.At);
        return true;
    }

    /// <summary>Whether head or anchors say something else of an entry that was taken.</summary>
    public AuditBreak? Misfit(AuditEntry entry)
    {
        if (entry.Seq == head.Seq && !head.Hash.AsSpan().SequenceEqual(_hash))
        {
            return new AuditBreak(AuditFault.HeadDiffers, entry.Seq, entry.At);
        }

        if (_anchors[entry.Seq].Concat(_kept[entry.Seq]).FirstOrDefault(anchor => !anchor.Hash.AsSpan().SequenceEqual(entry.Hash)) is { } misfit)
        {
            return new AuditBreak(AuditFault.AnchorDiffers, entry.Seq, entry.At, Day: misfit.Day);
        }

        _anchorsFitted += _anchors[entry.Seq].Count();
        _keptFitted += _kept[entry.Seq].Count();
        return null;
    }

    /// <summary>What is wrong with an entry that couldn't be taken.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="next">The entry after it.</param>
    /// <param name="end">The last place an entry may have been written for.</param>
    /// <param name="cancellationToken">Gives up looking for that place.</param>
    public AuditBreak Explain(AuditEntry entry, AuditEntry? next, long end, CancellationToken cancellationToken)
    {
        if (entry.Seq > Seq + 1)
        {
            return new AuditBreak(AuditFault.Missing, Seq + 1, _at ?? entry.At);
        }

        // Where the next one belongs here, this one is too many, unless the two have changed places.
        if (entry.Seq < Seq + 1 || (next is not null && Follows(next, entry.Seq) && !IsSealedFor(entry, next.Seq)))
        {
            return new AuditBreak(AuditFault.Inserted, entry.Seq, entry.At);
        }

        if (IsSealedFor(entry, entry.Seq))
        {
            // It is the right one and tells which entry it follows: the one before it is not that one.
            return new AuditBreak(AuditFault.Changed, Math.Max(Seq, 1), _at ?? entry.At);
        }

        for (var place = 1L; place <= end; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsSealedFor(entry, place))
            {
                return new AuditBreak(AuditFault.OutOfOrder, entry.Seq, entry.At, BelongsAt: place);
            }
        }

        return new AuditBreak(AuditFault.Changed, entry.Seq, entry.At);
    }

    /// <summary>What is wrong once every entry was taken; <see langword="null"/> when all is well.</summary>
    /// <param name="headAfter">The end of the chain, read after the entries.</param>
    /// <param name="stored">Daily anchors of the database.</param>
    /// <param name="lines">The anchor file.</param>
    public AuditBreak? Ending(AuditHead headAfter, IReadOnlyCollection<AuditAnchor> stored, AnchorLines lines)
    {
        if (Seq < head.Seq)
        {
            return new AuditBreak(AuditFault.CutOff, Seq + 1, _at);
        }

        if (Seq > headAfter.Seq || headAfter.Hash.Length == 0)
        {
            return new AuditBreak(AuditFault.HeadDiffers, Seq, _at);
        }

        if (stored.Concat(lines.Anchors).Where(anchor => anchor.Seq > Seq).MinBy(anchor => anchor.Day) is { } beyond)
        {
            return new AuditBreak(AuditFault.CutOff, Seq + 1, _at, Day: beyond.Day);
        }

        if (lines.Anchors.FirstOrDefault(line => stored.All(anchor => anchor.Day != line.Day || anchor.Seq != line.Seq)) is { } unknown)
        {
            return new AuditBreak(AuditFault.AnchorFile, unknown.Seq, _at, Day: unknown.Day);
        }

        return lines.Unreadable > 0 ? new AuditBreak(AuditFault.AnchorFile, Seq, _at) : null;
    }

    /// <summary>What was found, with the break that ended the walk.</summary>
    public AuditVerdict Verdict(AuditBreak? broken) => new(Seq, _unsealed, _at, _anchorsFitted, _keptFitted, broken);

    private bool Follows(AuditEntry entry, long seq) => entry.PrevHash.AsSpan().SequenceEqual(_hash) && IsSealedFor(entry, seq);

    private bool IsSealedFor(AuditEntry entry, long seq) => entry.Hash.AsSpan().SequenceEqual(keys.Seal(entry, seq));
}
