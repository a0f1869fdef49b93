/**
 * Live questions: answers that are told again as they change.
 *
 * <p><b>One look a project.</b> While somebody follows a question of a project on this node, {@link
 * dev.tidemark.core.live.CommitsFeed} looks which collections had commits since it looked last, which lost events by an
 * erasure or their age or had a property changed, and whether people were merged or their properties changed: when a commit is
 * announced, and each second.
 *
 * <p><b>One read a collection.</b> Where questions have filters, the new events of their collection are read once for all of them
 * ({@link dev.tidemark.core.live.RecentEvents}), and tested in memory: a question of which none passes the filter is not asked
 * again. When there are more of them than are worth it, nobody reads them, and all questions are asked.
 *
 * <p><b>One evaluation a question.</b> Equal questions are asked once for all who follow them ({@link
 * dev.tidemark.core.live.AnswerFeed}), and only after something that may change it ({@link dev.tidemark.core.live.Interest}). After each answer a question rests
 * four times as long as it took, so that it never takes more than a fifth of a connection, and only so many are asked at a time on
 * a node.
 *
 * <p><b>Differences.</b> A subscriber gets the whole answer once, then what changed since what it got last ({@link
 * dev.tidemark.core.live.LiveFeed}). All subscribers hold the same rows in memory, so a slow one costs nothing: it passes over what
 * was between.
 */
@NullMarked
package dev.tidemark.core.live;

import org.jspecify.annotations.NullMarked;
