package dev.tidemark.core.questions.input;

import dev.tidemark.core.naming.Nearest;
import dev.tidemark.core.questions.sql.Shown;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.time.DateTimeException;
import java.time.ZoneId;

/** Reads the argument {@code zone}. */
public final class ZoneInput {

    private ZoneInput() {}

    public static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "\"" + Shown.of(name) + "\" is no time zone."
                            + Nearest.hint(Shown.of(name), ZoneId.getAvailableZoneIds()),
                    "zone");
        }
    }
}
