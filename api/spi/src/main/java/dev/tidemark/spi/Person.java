package dev.tidemark.spi;

/**
 * Someone behind events: the value of GraphQL's type {@code Person}, which modules extend by resolvers whose source it is.
 *
 * @param id the value of the column {@code _person}: by the core's one rule the user, else the anonymous id
 */
public record Person(String id) {}
