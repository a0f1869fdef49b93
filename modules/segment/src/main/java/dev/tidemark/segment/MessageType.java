package dev.tidemark.segment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of messages in Segment's specification. */
enum MessageType {
    TRACK,
    PAGE,
    SCREEN,
    IDENTIFY,
    GROUP,
    ALIAS;

    static Optional<MessageType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.path().equals(name)).findFirst();
    }

    /** Its name in a message, and the last part of its address. */
    String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The short form of its address, which browsers use. */
    String letter() {
        return path().substring(0, 1);
    }

    /** The member with what the sender tells. */
    String properties() {
        return switch (this) {
            case TRACK, PAGE, SCREEN -> "properties";
            case IDENTIFY, GROUP, ALIAS -> "traits";
        };
    }

    /** Members beside it that are told too. */
    List<String> own() {
        return switch (this) {
            case TRACK, IDENTIFY -> List.of();
            case PAGE, SCREEN -> List.of("category", "name");
            case GROUP -> List.of("groupId");
            case ALIAS -> List.of("previousId");
        };
    }
}
