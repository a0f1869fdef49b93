package dev.tidemark.spi;

/**
 * Why an event was not stored.
 *
 * @param code lower-case words joined by underscores, for programs: {@code time_out_of_range}
 * @param pointer the place in the event, as a JSON pointer (RFC 6901); empty: the whole event
 * @param message a sentence for people that says what to change
 */
public record Refusal(String code, String pointer, String message) {}
