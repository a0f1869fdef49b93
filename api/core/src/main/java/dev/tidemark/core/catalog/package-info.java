/**
 * The catalogue: which collections a project has, which columns they have, and how both come into being as events arrive.
 *
 * <p>Senders name things as they like; {@code names} derives the names of tables, columns and GraphQL fields from a label alone, so
 * that every node derives the same ones whatever arrives first. {@code types} tells which type a new column gets, and whether a value
 * fits an existing one; {@code partitions}, which stretch of time an event belongs to.
 *
 * <p>Whoever stores or asks works on a {@code snapshot}, which has a version; {@code known} has the newest of each project. A change is
 * a transaction of its own ({@code writing}): it reads the catalogue again (another node may have been first), changes tables and the
 * rows that describe them, and raises {@code tidemark.project.catalog_version}. Events make collections and columns grow ({@code
 * evolution}), people declare what they are like ({@code declarations}), or have types and indexes changed in the background ({@code
 * changes}). Modules have {@code tables} that grow likewise.
 */
@NullMarked
package dev.tidemark.core.catalog;

import org.jspecify.annotations.NullMarked;
