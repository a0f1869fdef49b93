/**
 * The projects and their PostgreSQL schemas, from the slug to the last table that a deletion drops.
 */
@NullMarked
package dev.tidemark.core.projects.registry;

import org.jspecify.annotations.NullMarked;
