package dev.tidemark.mailbox.live;

import dev.tidemark.mailbox.people.Correspondent;
import dev.tidemark.mailbox.people.Persons;
import dev.tidemark.mailbox.presence.Presences;
import dev.tidemark.mailbox.reading.Cursor;
import dev.tidemark.mailbox.reading.Mailboxes;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Feed;
import graphql.schema.DataFetchingEnvironment;

/** GraphQL's side of following a mailbox. */
public record FollowResolvers(
        Databases databases,
        Persons persons,
        Mailboxes mailboxes,
        ChangeStore changes,
        Doorbells doorbells,
        Presences presences) {

    public Feed<MailboxFeed.Told> follow(DataFetchingEnvironment environment) {
        var arguments = Arguments.of(environment);
        var reader = Correspondent.of(Caller.of(environment), arguments.text("customer"));
        long after = Feed.after(environment)
                .map(cursor -> Cursor.number(reader, cursor))
                .orElseGet(() -> mailboxes.of(reader).number());
        return new MailboxFeed(
                reader,
                after,
                arguments.flag("presence"),
                databases.of(reader.project()),
                persons,
                changes,
                doorbells,
                presences);
    }
}
