package dev.tidemark.core.projects;

import dev.tidemark.core.projects.keys.ApiKeys;
import dev.tidemark.core.projects.keys.AuditEntry;
import dev.tidemark.core.projects.keys.AuditEntry.Wanted;
import dev.tidemark.core.projects.keys.AuditStore;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Connection;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Page;
import graphql.schema.DataFetchingEnvironment;

/** GraphQL's side of what was done with keys. */
final class AuditResolvers {

    private final Database server;
    private final AuditStore store;

    AuditResolvers(Database server, AuditStore store) {
        this.server = server;
        this.store = store;
    }

    Connection<AuditEntry> auditLog(DataFetchingEnvironment environment) {
        var page = Page.of(environment);
        var wanted = new Wanted(
                ApiKeys.projectOf(Caller.of(environment)),
                Arguments.of(environment).text("act"),
                page.after().map(AuditResolvers::before).orElse(Long.MAX_VALUE),
                page.first() + 1);
        var found = server.transaction(connection -> store.page(connection, wanted));
        return Connection.of(
                found, page.first(), i -> found.get(i).id(), page.after().isPresent());
    }

    private static long before(String cursor) {
        return AuditEntry.number(cursor)
                .orElseThrow(() -> new CallerException(
                        ErrorCode.BAD_USER_INPUT,
                        "This is no cursor of the audit log: take one of a page, or begin without after.",
                        "after"));
    }
}
