package dev.tidemark.customers.userstable;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ClockStore;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Project;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The users tables of the operator's own, by the projects for which they stand in, and what may be done there: customers are
 * read from the copy while that is young enough, and written by nobody but the copying.
 */
public final class UsersTables {

    public static final String COPY = "_users_copy";

    private static final Duration REMEMBERED = Duration.ofSeconds(1);

    private final Map<String, UsersTable> tables;
    private final Duration staleAfter;
    private final Databases databases;
    private final CopyStore store;
    private final LongSupplier ticker;
    private final Map<Project, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(CopyState state, boolean isFresh, long at) {}

    private UsersTables(
            Map<String, UsersTable> tables,
            Duration staleAfter,
            Databases databases,
            CopyStore store,
            LongSupplier ticker) {
        this.tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        this.staleAfter = staleAfter;
        this.databases = databases;
        this.store = store;
        this.ticker = ticker;
    }

    /** @throws CallerException when the operator's settings do not fit */
    public static UsersTables of(ModuleContext context, CopyStore store) {
        var projects = context.setting(
                "users-tables",
                "",
                "The projects whose customers are in a users table of your own, divided by commas. Each has settings"
                        + " customers.<project>.url, user, password, table, id and properties.");
        var timeLimit = context.setting(
                "time-limit", Duration.ofSeconds(10), "How long a users table may take to let one in, or to answer.");
        var staleAfter = context.setting(
                "stale-after",
                Duration.ofMinutes(15),
                "How old the copy of a users table may be for questions to be answered from it.");
        if (timeLimit.toMillis() < 1 || timeLimit.compareTo(Duration.ofDays(1)) > 0) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, "customers.time-limit is from a millisecond to a day.");
        }
        var tables = new LinkedHashMap<String, UsersTable>();
        UsersTable.names(projects).forEach(slug -> tables.put(slug, UsersTable.of(context, slug, timeLimit)));
        return new UsersTables(tables, staleAfter, context.databases(), store, System::nanoTime);
    }

    /** The one that stands in for a project's {@code _users}. */
    public Optional<UsersTable> of(Project project) {
        return Optional.ofNullable(tables.get(project.slug()));
    }

    CopyState state(Project project) {
        return databases.of(project).transaction(store::state);
    }

    /** @throws CallerException {@code UNAVAILABLE} while the copy is too old */
    public void requireFresh(Project project) {
        var now = ticker.getAsLong();
        var last = seen.get(project);
        if (last == null || now - last.at() >= REMEMBERED.toNanos()) {
            last = seen(project, now);
            seen.put(project, last);
        }
        if (!last.isFresh()) {
            throw new CallerException(ErrorCode.UNAVAILABLE, stale(project, last.state()));
        }
    }

    private Seen seen(Project project, long at) {
        return databases.of(project).transaction(connection -> {
            var state = store.state(connection);
            return new Seen(state, state.isFresh(ClockStore.now(connection), staleAfter), at);
        });
    }

    /** @throws CallerException {@code CONFLICT} where a users table stands in */
    public void requireNone(Project project) {
        of(project).ifPresent(table -> {
            throw new CallerException(
                    ErrorCode.CONFLICT,
                    "Customers of this project come from the " + table + ", and are changed there and not here.");
        });
    }

    private String stale(Project project, CopyState state) {
        return state.problem()
                .orElseGet(() -> "The " + of(project).map(UsersTable::toString).orElse("users table")
                        + " was not copied "
                        + (state.copiedAt().isPresent() ? "for more than " + staleAfter : "yet")
                        + ": ask again in a moment.");
    }
}
