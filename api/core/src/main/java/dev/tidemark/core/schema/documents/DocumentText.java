package dev.tidemark.core.schema.documents;

/** A document as characters: enough of GraphQL's lexical grammar to tell brackets from strings and comments. */
final class DocumentText {

    private static final String BLOCK_QUOTE = "\"\"\"";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String text;
    private int at;

    DocumentText(String text) {
        this.text = text;
    }

    /** Whether the first word is the given one. */
    boolean startsWith(String word) {
        at = 0;
        while (at < text.length() && isIgnored(text.charAt(at))) {
            skip();
        }
        return text.startsWith(word, at);
    }

    /** The most brackets, of all kinds, that are open at once. */
    int nesting() {
        var open = 0;
        var most = 0;
        for (at = 0; at < text.length(); skip()) {
            switch (text.charAt(at)) {
                case '{', '[', '(' -> most = Math.max(most, ++open);
                case '}', ']', ')' -> open = Math.max(0, open - 1);
                default -> {}
            }
        }
        return most;
    }

    private static boolean isIgnored(char c) {
        return Character.isWhitespace(c) || c == ',' || c == '#' || c == BYTE_ORDER_MARK;
    }

    /** Goes on behind the character, comment or string that begins here. */
    private void skip() {
        switch (text.charAt(at)) {
            case '#' -> skipComment();
            case '"' -> skipString();
            default -> at++;
        }
    }

    private void skipComment() {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
    }

    private void skipString() {
        if (text.startsWith(BLOCK_QUOTE, at)) {
            skipBlock();
            return;
        }
        at++;
        while (at < text.length() && isInString(text.charAt(at))) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    /** A string ends at its line's end too: there the parser refuses it, and what follows counts again. */
    private static boolean isInString(char c) {
        return c != '"' && c != '\n' && c != '\r';
    }

    private void skipBlock() {
        at += BLOCK_QUOTE.length();
        while (at < text.length() && !text.startsWith(BLOCK_QUOTE, at)) {
            at += text.startsWith("\\" + BLOCK_QUOTE, at) ? BLOCK_QUOTE.length() + 1 : 1;
        }
        at += BLOCK_QUOTE.length();
    }
}
