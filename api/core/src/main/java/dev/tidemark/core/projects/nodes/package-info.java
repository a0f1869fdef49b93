/**
 * The nodes of the cluster, and the version of keys and projects that each goes by.
 *
 * <p><b>A revoked key is refused at once, on every node</b>, although each node remembers the keys it has seen. The
 * protocol:
 *
 * <ol>
 *   <li>The table {@code access_version} has one number. What takes something away (a key revoked, a project deleted)
 *       raises it in its own transaction; that row's lock makes the numbers follow the order of commits.
 *   <li>A node goes by one version. What it remembers of keys and projects is tagged with the version it went by
 *       <em>before</em> it read them, and counts only while that is still its version. So a new version makes everything
 *       it remembers stale in one assignment, and a read that was under way meanwhile is not remembered.
 *   <li>Once a second, and at each hint on channel {@code tidemark_key}, a node announces the version it goes by (its
 *       heartbeat in table {@code node}), then reads the current one. If that is newer, it goes by it and announces again.
 *   <li>Two seconds after the start of its last complete round, by its own monotonic clock, a node trusts its memory no
 *       more: it asks the database for each request, until a round succeeds again.
 *   <li>Whoever revokes commits, sends the hint, and answers only when no node is behind: each has announced the new
 *       version, or has had no heartbeat for three seconds by the clock of the database. After three seconds it answers in
 *       any case.
 * </ol>
 *
 * Why this holds: a node that answers from its memory has finished a round that began less than two seconds ago. If the
 * round's reading saw the new version, the old memory is stale. If not, it read before the commit, hence it had announced
 * itself before the commit, hence its heartbeat is seen by the one who revokes, who waits for it; and three seconds after
 * the commit that round is older than two. No two machines' clocks are compared; they need only run about equally fast.
 * Hints make it quick (milliseconds); nothing depends on them.
 */
@NullMarked
package dev.tidemark.core.projects.nodes;

import org.jspecify.annotations.NullMarked;
