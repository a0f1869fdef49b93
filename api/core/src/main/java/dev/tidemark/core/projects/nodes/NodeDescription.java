package dev.tidemark.core.projects.nodes;

/**
 * What a node says of itself.
 *
 * @param host a name by which operators find it
 * @param version the release of Tidemark
 */
public record NodeDescription(String host, String version) {}
