package dev.tidemark.mailbox.texts;

import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.AuditLog;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Databases;
import graphql.schema.DataFetchingEnvironment;

/** GraphQL's side of whether a project keeps the texts of messages. */
public record TextResolvers(Databases databases, TextStore texts, AuditLog audit) {

    public Settings settings(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        return new Settings(databases.of(project).transaction(connection -> texts.areKept(connection, project)));
    }

    public Settings set(DataFetchingEnvironment environment) {
        var caller = Caller.of(environment);
        var project = caller.project();
        var keeps = Arguments.of(environment).object("input").orElseThrow().flag("keepsTexts");
        return databases.of(project).transaction(connection -> {
            texts.keep(connection, project, keeps);
            audit.note(connection, caller, "setMailboxSettings", keeps ? "keeps texts" : "keeps no texts");
            return new Settings(keeps);
        });
    }

    public record Settings(boolean keepsTexts) {}
}
