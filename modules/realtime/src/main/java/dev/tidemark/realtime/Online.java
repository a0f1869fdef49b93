package dev.tidemark.realtime;

import java.time.Instant;
import java.util.List;

/** Who is online, as the schema has it. */
record Online(Instant asOf, long count, List<OnlinePerson> people) {

    record OnlinePerson(String id, Instant lastSeen, long events) {}
}
