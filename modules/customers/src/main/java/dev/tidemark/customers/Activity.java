package dev.tidemark.customers;

import java.time.Instant;

/** When someone was there, by their events. */
record Activity(Instant firstSeen, Instant lastSeen, long sessions) {}
