package dev.tidemark.core.events.life;

import dev.tidemark.spi.ExpiryGuard;

/** @param module whose it is */
public record NamedGuard(String module, ExpiryGuard guard) {}
