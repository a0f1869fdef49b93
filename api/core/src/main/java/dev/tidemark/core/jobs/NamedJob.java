package dev.tidemark.core.jobs;

import dev.tidemark.spi.Job;

/** @param name {@code <module>.<job>} */
public record NamedJob(String name, Job job) {}
