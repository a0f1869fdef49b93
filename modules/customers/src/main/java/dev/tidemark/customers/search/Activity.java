package dev.tidemark.customers.search;

import java.time.Instant;

/** When someone was there, by their events. */
public record Activity(Instant firstSeen, Instant lastSeen, long sessions) {}
