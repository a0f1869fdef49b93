package dev.tidemark.core.events.commit;

import java.time.Instant;

/**
 * Events of one collection that are committed together; a row of {@code _commit} but for its position.
 *
 * @param firstId every id of the range lies in [firstId, lastId]
 */
record CommitRange(String collection, long firstId, long lastId, int events, Instant minTime, Instant maxTime) {}
