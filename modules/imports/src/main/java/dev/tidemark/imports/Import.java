package dev.tidemark.imports;

import java.time.Instant;

/** The import of one file, as far as it is committed. */
record Import(
        String id,
        String collection,
        long rows,
        long stored,
        long warned,
        long duplicates,
        long refused,
        boolean isFinished,
        Instant startedAt,
        Instant updatedAt) {

    /** One of which nothing is committed yet. */
    static Import unknown(String id, String collection, Instant now) {
        return new Import(id, collection, 0, 0, 0, 0, 0, false, now, now);
    }

    Import plus(Tally batch, Instant now) {
        return new Import(
                id,
                collection,
                rows + batch.rows(),
                stored + batch.stored(),
                warned + batch.warned(),
                duplicates + batch.duplicates(),
                refused + batch.refused(),
                false,
                startedAt,
                now);
    }

    Import finished(Instant now) {
        return new Import(id, collection, rows, stored, warned, duplicates, refused, true, startedAt, now);
    }

    /** As members of a JSON object. Ids have no character that JSON escapes. */
    String json() {
        return """
                "id":"%s","rows":%d,"stored":%d,"warned":%d,"duplicates":%d,"refused":%d,"finished":%b\
                """.formatted(id, rows, stored, warned, duplicates, refused, isFinished);
    }
}
