/**
 * Each project's own part of the schema: the field {@code Query.data}, and under it a field for every relation; and {@code
 * Subscription.data}, under it a field for every collection.
 *
 * <p><b>Names.</b> A relation's field is its name in camel case: {@code page_view} is {@code pageView}, and its types are
 * {@code PageView} with an ending of {@link dev.tidemark.core.schema.assembly.MadeType}. A column's field is its name in camel case,
 * without the underscore with which a column of ours begins: {@code order_total} is {@code orderTotal}, {@code _time} is
 * {@code time}. Where that is a word of ours ({@code id}, {@code time}, {@code and} …) the property's field gets
 * {@code Property} at its end, as often as it takes: {@code id} is {@code idProperty}, and {@code idProperty} is {@code
 * idPropertyProperty}. In enums a name is the field's in upper case, {@code ORDER_TOTAL}. {@link
 * dev.tidemark.core.catalog.names.Names} makes names that differ, so none of this depends on what arrived first. Where there are
 * two collections, the enum {@code DataCollection} names them, {@code PAGE_VIEW}, for those who ask several as one.
 *
 * <p><b>People.</b> What is known of the people behind events is a relation too, and its types lie below {@code
 * personProperties} in rows, conditions and groups of every collection, and in {@code groupByPerson}: so nothing of it has a name
 * among an event's own, and there is one type of each kind, however many collections there are. Where a collection hides the
 * relation, that is missing; the names that begin with {@code _person.} are there still.
 *
 * <p><b>Life.</b> {@link dev.tidemark.core.typed.ProjectSchemas} compares, with every request, the version of the project's
 * catalogue with the one that the schema in memory was made for, and makes another one when they differ: a module that
 * changes its relations raises the version too. Types of relations that did not change go on in the next schema. A request keeps the schema that it began
 * with.
 *
 * <p><b>Answers.</b> A typed field is another way to write a {@link dev.tidemark.spi.Question}; the same engine answers it.
 * What to measure is read from the selection, after fragments, variables, aliases and directives are resolved; there a
 * measure goes by its key, and by that key it is ordered, compared and divided.
 *
 * <p><b>Events.</b> A subscription has one field at its root, and a stream one position. So {@code Subscription.data} is one
 * stream of all collections that are selected, with one cursor, and each selection has a filter of its own: an event has a value
 * under each that it passes. It is the module's own stream ({@link dev.tidemark.spi.EventFeeds}), and its rows are those of {@code
 * Query.data}. Live questions are asked in names, not in types: what they tell are differences of rows, which would take five
 * more types of each collection.
 */
@NullMarked
package dev.tidemark.core.typed;

import org.jspecify.annotations.NullMarked;
