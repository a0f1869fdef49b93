package dev.tidemark.core.projects.registry;

import dev.tidemark.spi.Project;
import java.time.Instant;

/** A project, with what the contract does not tell of it. */
record Registered(Project project, Instant createdAt) {}
