package org.example.goals;

import java.time.Instant;
import java.util.Optional;

/** Something that visitors should do, told by a kind of event. */
record Goal(String collection, String name, long reached, Optional<Instant> countedAt) {}
