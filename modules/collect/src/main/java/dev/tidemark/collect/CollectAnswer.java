package dev.tidemark.collect;

import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Refusal;
import java.util.List;

/** What became of the events of one request, as JSON: numbers, and the first refusals. */
record CollectAnswer(List<Outcome> outcomes) {

    private static final int REFUSALS = 100;
    private static final int SPACE = 32;

    String json() {
        var stored = 0;
        var duplicates = 0;
        var refused = 0;
        var warnings = 0;
        var notKept = 0;
        var refusals = new StringBuilder();
        for (int i = 0; i < outcomes.size(); i++) {
            switch (outcomes.get(i)) {
                case Outcome.Stored event -> {
                    stored++;
                    warnings += event.warnings().size();
                }
                case Outcome.Duplicate duplicate -> duplicates++;
                case Outcome.Refused event -> {
                    notKept += event.isKept() ? 0 : 1;
                    if (refused++ < REFUSALS) {
                        append(refusals, i, event.reason());
                    }
                }
            }
        }
        return "{\"stored\":" + stored + ",\"duplicates\":" + duplicates + ",\"refused\":" + refused + ",\"warnings\":"
                + warnings + ",\"notKept\":" + notKept + ",\"refusals\":[" + refusals + "]}";
    }

    private static void append(StringBuilder json, int index, Refusal reason) {
        json.append(json.isEmpty() ? "{\"index\":" : ",{\"index\":").append(index);
        json.append(",\"code\":").append(quoted(reason.code()));
        json.append(",\"pointer\":").append(quoted(reason.pointer()));
        json.append(",\"message\":").append(quoted(reason.message())).append('}');
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < SPACE || Character.isSurrogate(c)) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
