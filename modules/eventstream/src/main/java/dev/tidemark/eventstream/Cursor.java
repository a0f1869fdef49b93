package dev.tidemark.eventstream;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.GlobalId;
import dev.tidemark.spi.Position;
import dev.tidemark.spi.Project;
import java.util.regex.Pattern;

/** A position as clients keep it. It belongs to its project, and to whatever is subscribed to there. */
final class Cursor {

    private static final String TYPE = "Position";
    private static final Pattern PLACE = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})");

    private Cursor() {}

    static String text(Project project, Position position) {
        return new GlobalId(TYPE, project.id(), position.commit() + "." + position.id()).text();
    }

    /** @throws CallerException when the text was made by nobody, or for another project */
    static Position position(Project project, String text) {
        return GlobalId.parse(text)
                .filter(id -> id.isOf(TYPE, project))
                .map(id -> PLACE.matcher(id.local()))
                .filter(place -> place.matches())
                .map(place -> new Position(Long.parseLong(place.group(1)), Long.parseLong(place.group(2))))
                .orElseThrow(() -> new CallerException(
                        ErrorCode.BAD_USER_INPUT,
                        "This is no cursor of this project's events: take one that a subscription gave, or begin without"
                                + " after.",
                        "after"));
    }
}
