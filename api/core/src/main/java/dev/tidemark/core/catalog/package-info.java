/**
 * The catalogue: which collections a project has, which columns they have, and how both come into being as events arrive.
 *
 * <p>Senders name things as they like; {@link dev.tidemark.core.catalog.Names} derives the names of tables, columns and
 * GraphQL fields from a label alone, so that every node derives the same ones whatever arrives first. {@link
 * dev.tidemark.core.catalog.Types} tells which type a new column gets, and whether a value fits an existing one.
 *
 * <p>Whoever stores or asks works on a {@link dev.tidemark.core.catalog.Catalog}, a snapshot with a version. A change is a
 * transaction of its own under the project's advisory lock: it reads the catalogue again (another node may have been
 * first), changes tables and the rows that describe them, and raises {@code tidemark.project.catalog_version}. Other nodes
 * learn of it by a hint, and by asking for the versions each second. A lock on a table is waited for 50 ms at a time, so
 * that writers never queue behind a change that queues behind a long reader.
 *
 * <p>Columns are only added, with one exception: {@code bigint} is widened to {@code double precision} while its table is
 * small. Whoever copies rows in binary by a snapshot must therefore ask {@link
 * dev.tidemark.core.catalog.Catalogs#isCurrent} after the copy and before the commit.
 */
@NullMarked
package dev.tidemark.core.catalog;

import org.jspecify.annotations.NullMarked;
