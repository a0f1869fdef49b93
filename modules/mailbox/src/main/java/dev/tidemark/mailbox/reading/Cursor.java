package dev.tidemark.mailbox.reading;

import dev.tidemark.mailbox.people.Correspondent;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.GlobalId;
import java.util.regex.Pattern;

/** A number of a mailbox as clients keep it. It belongs to that mailbox. */
public final class Cursor {

    private static final String TYPE = "MailboxNumber";
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,18}) (.*)", Pattern.DOTALL);

    private Cursor() {}

    public static String text(Correspondent owner, long number) {
        return new GlobalId(TYPE, owner.project().id(), number + " " + owner.customer()).text();
    }

    /** @throws CallerException when the text was made by nobody, or for another mailbox */
    public static long number(Correspondent owner, String text) {
        return GlobalId.parse(text)
                .filter(id -> id.isOf(TYPE, owner.project()))
                .map(id -> NUMBER.matcher(id.local()))
                .filter(place -> place.matches() && place.group(2).equals(owner.customer()))
                .map(place -> Long.parseLong(place.group(1)))
                .orElseThrow(() -> new CallerException(
                        ErrorCode.BAD_USER_INPUT,
                        "This is no cursor of this mailbox: take one that it gave, or begin without after.",
                        "after"));
    }
}
