package dev.tidemark.mailbox.messages;

import dev.tidemark.spi.Databases;
import dev.tidemark.spi.PersonRecords;
import dev.tidemark.spi.Project;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The messages of a person, for whoever tells a person all that is stored about them. */
public record KeptMessages(Databases databases, MessageStore messages) implements PersonRecords {

    public static final String NAME = "mailbox";

    private static final int PAGE = 100;

    @Override
    public List<String> columns() {
        return List.of("id", "customer", "thread", "from", "text", "sentAt", "deliveredAt", "readAt");
    }

    /** The last sent first. */
    @Override
    public void read(Project project, List<String> ids, Consumer<List<@Nullable Object>> each) {
        var before = OptionalLong.empty();
        List<MailboxMessage> page;
        do {
            var end = before;
            page = databases
                    .of(project)
                    .transaction(connection -> messages.page(connection, ids, Optional.empty(), end, PAGE));
            page.forEach(message -> each.accept(values(project, message)));
            before = page.isEmpty() ? before : OptionalLong.of(page.getLast().sent());
        } while (page.size() == PAGE);
    }

    private static List<@Nullable Object> values(Project project, MailboxMessage message) {
        return Arrays.asList(
                MailboxMessage.id(project, message.number()),
                message.customer(),
                message.thread(),
                message.from(),
                message.text().orElse(null),
                message.sentAt(),
                message.deliveredAt().orElse(null),
                message.readAt().orElse(null));
    }
}
