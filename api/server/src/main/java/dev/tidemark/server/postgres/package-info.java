/**
 * The PostgreSQL in the box: one server process with its own directory, for who gives no database of their own.
 *
 * <p>The directory ({@code Home}) is readable to its owner only and holds everything:
 *
 * <pre>
 * lock       held while a server (or a backup of a stopped one) works here; the kernel drops it when the process dies
 * password   of the role postgres, made at the first start
 * port       on 127.0.0.1, kept over restarts while it is free
 * bin/       the programs, unpacked from the class path; a process that runs one of them is ours
 * data/      PostgreSQL's data directory; its two configuration files are written anew at each start
 * log/       what PostgreSQL reports, one file a day, a week of them
 * </pre>
 *
 * <p>PostgreSQL runs as a process of its own and outlives a server that is killed. Whoever gets the lock therefore first stops
 * what runs from {@code bin/}, whatever {@code postmaster.pid} says: that file may name a process that has died, or one that has got
 * its number since. {@code data/} appears by renaming a complete {@code data.new/}, so that neither a start nor a restore that was
 * interrupted leaves half a cluster.
 *
 * <p>A backup is physical and online: a temporary replication slot keeps the write-ahead log while the files are copied, and the
 * log between start and end of the backup goes into the archive too, so that a start after a restore recovers to the end of the backup.
 */
@NullMarked
package dev.tidemark.server.postgres;

import org.jspecify.annotations.NullMarked;
