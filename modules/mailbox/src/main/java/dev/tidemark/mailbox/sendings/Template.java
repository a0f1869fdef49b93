package dev.tidemark.mailbox.sendings;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A text with places for a customer's properties: {@code {{name}}}, or <code>{{name|default}}</code> for who has no such property. A
 * name is stripped of blanks, a default is taken as it is and may be empty; neither has a brace. All else is text, but two braces in
 * a row, which are refused unless they are those of a place.
 */
record Template(List<Part> parts) {

    private static final int MOST_PLACES = 50;
    private static final Pattern PLACE = Pattern.compile("(?<!\\{)\\{\\{([^{}|]{1,200})(?:\\|([^{}]{0,1000}))?}}(?!})");
    private static final Pattern BRACES = Pattern.compile("\\{\\{|}}");

    /** What a template is made of. */
    sealed interface Part {}

    record Text(String text) implements Part {}

    /** @param byDefault what stands there for who lacks the property; empty: they get no message */
    record Place(String property, Optional<String> byDefault) implements Part {}

    /** @throws CallerException with the place of what is no template */
    static Template of(String text) {
        List<Part> parts = new ArrayList<>();
        var place = PLACE.matcher(text);
        var end = 0;
        while (place.find()) {
            parts.add(plain(text, end, place.start()));
            parts.add(new Place(name(place.group(1), place.start()), Optional.ofNullable(place.group(2))));
            end = place.end();
        }
        parts.add(plain(text, end, text.length()));
        if (parts.size() > 2 * MOST_PLACES + 1) {
            throw refused("A template has at most " + MOST_PLACES + " places.");
        }
        return new Template(List.copyOf(parts));
    }

    List<Place> places() {
        return parts.stream()
                .filter(Place.class::isInstance)
                .map(Place.class::cast)
                .toList();
    }

    /**
     * The text for one customer.
     *
     * @param properties the customer's, by the names that stand in the template
     * @throws MissingPropertyException when one is missing that has no default
     */
    String filled(Function<String, Optional<String>> properties) {
        var text = new StringBuilder();
        for (var part : parts) {
            text.append(
                    switch (part) {
                        case Text plain -> plain.text();
                        case Place place ->
                            properties
                                    .apply(place.property())
                                    .or(place::byDefault)
                                    .orElseThrow(() -> new MissingPropertyException(place.property()));
                    });
        }
        return text.toString();
    }

    private static String name(String name, int at) {
        if (name.isBlank()) {
            throw refused("The place at character " + (at + 1) + " names no property: write {{name}}.");
        }
        return name.strip();
    }

    private static Text plain(String text, int from, int to) {
        var braces = BRACES.matcher(text).region(from, to);
        if (braces.find()) {
            throw refused("The braces at character " + (braces.start() + 1)
                    + " are of no place: write {{name}}, or {{name|default}}, without braces within.");
        }
        return new Text(text.substring(from, to));
    }

    private static CallerException refused(String sentence) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, sentence, "template");
    }
}
