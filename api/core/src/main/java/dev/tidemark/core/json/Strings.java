package dev.tidemark.core.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Checks of strings and names. */
final class Strings {

    private Strings() {}

    static String checked(JsonParser parser) throws IOException, SpoiledException {
        if (parser.getTextLength() > JsonLimits.STRING_CHARACTERS) {
            throw ItemParser.spoiled(
                    parser,
                    "string_too_long",
                    "A string may have " + JsonLimits.STRING_CHARACTERS + " characters: send less.");
        }
        var text = parser.getText();
        if (!StorableText.isStorable(text)) {
            throw ItemParser.spoiled(parser, "not_storable", StorableText.REASON);
        }
        return text;
    }

    static void checkName(String name, JsonParser parser) throws SpoiledException {
        if (name.length() > JsonLimits.NAME_CHARACTERS) {
            throw ItemParser.spoiled(
                    parser, "name_too_long", "A name may have " + JsonLimits.NAME_CHARACTERS + " characters.");
        }
        if (!StorableText.isStorable(name)) {
            throw ItemParser.spoiled(parser, "not_storable", StorableText.REASON);
        }
    }
}
