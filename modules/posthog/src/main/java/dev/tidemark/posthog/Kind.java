package dev.tidemark.posthog;

import java.util.Locale;

/** What a capture means, beyond being an event. */
enum Kind {
    /** Describes a person. */
    IDENTIFY,
    /** Describes a group. */
    GROUP,
    /** Says that two ids are one person. */
    ALIAS,
    /** The view of a page. */
    PAGE,
    OTHER;

    static Kind of(String event) {
        return switch (event) {
            case "$identify", "$set", "$set_once" -> IDENTIFY;
            case "$groupidentify" -> GROUP;
            case "$create_alias", "$merge_dangerously" -> ALIAS;
            case "$pageview" -> PAGE;
            default -> OTHER;
        };
    }

    /** Where such events are stored: those of all senders in one place. */
    String collection(String event) {
        return this == OTHER ? Properties.withoutMark(event) : name().toLowerCase(Locale.ROOT);
    }
}
