package dev.tidemark.rollups.upkeep;

/**
 * How much an audit takes upon itself.
 *
 * @param events that a part of a bucket has which is recomputed at a time, about; one group is a part at least
 * @param waiting while more events of a project are to be rolled up, nothing of it is audited
 */
public record AuditLimits(int events, int waiting) {

    /** Looking through a bucket of a million events for those of a part takes as long as recomputing that. */
    public static final AuditLimits USUAL = new AuditLimits(50_000, 100_000);
}
