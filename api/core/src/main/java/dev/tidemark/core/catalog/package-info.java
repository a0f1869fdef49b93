/**
 * The catalogue: which collections a project has, which columns they have, and how both come into being as events arrive.
 *
 * <p>Senders name things as they like; {@link dev.tidemark.core.catalog.names.Names} derives the names of tables, columns and
 * GraphQL fields from a label alone, so that every node derives the same ones whatever arrives first. {@link
 * dev.tidemark.core.catalog.types.Types} tells which type a new column gets, and whether a value fits an existing one.
 *
 * <p>Whoever stores or asks works on a {@link dev.tidemark.core.catalog.Catalog}, a snapshot with a version. A change is a
 * transaction of its own under the project's advisory lock: it reads the catalogue again (another node may have been
 * first), changes tables and the rows that describe them, and raises {@code tidemark.project.catalog_version}. Other nodes
 * learn of it by a hint, and by asking for the versions each second. A lock on a table is waited for 50 ms at a time, so
 * that writers never queue behind a change that queues behind a long reader.
 *
 * <p><b>Declared.</b> People may say what a collection is like ({@link dev.tidemark.core.catalog.DeclareCollection}); what
 * they said is part of the snapshot, and it is up to whoever stores events to hold them against it.
 *
 * <p><b>Changes that take their time</b>, of types and of indexes, are rows of {@code _property_change} that a job of the
 * leader works off ({@link dev.tidemark.core.catalog.TypeChange}, {@link dev.tidemark.core.catalog.IndexBuild}); {@code
 * tidemark.pending_work} says in which projects there are any.
 *
 * <p><b>Partitions</b> are made ahead by a job, and when an event needs one that is missing. Those that are too old are taken
 * out here and dropped by {@code core.events.life}, which knows who has yet to read them.
 *
 * <p>Senders only add columns, with one exception: {@code bigint} is widened to {@code double precision} while its table is
 * small. People may change types as well. Whoever copies rows in binary by a snapshot must therefore ask {@link
 * dev.tidemark.core.catalog.Catalogs#isCurrent} after the copy and before the commit.
 */
@NullMarked
package dev.tidemark.core.catalog;

import org.jspecify.annotations.NullMarked;
