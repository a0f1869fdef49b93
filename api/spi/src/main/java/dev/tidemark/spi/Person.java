package dev.tidemark.spi;

/**
 * Someone behind events: the value of GraphQL's type {@code Person}, which modules extend by resolvers whose source it is.
 *
 * @param id the value of the column {@code _person}
 */
public record Person(String id) {}
