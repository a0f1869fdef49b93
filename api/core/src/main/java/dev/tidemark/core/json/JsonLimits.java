package dev.tidemark.core.json;

/** What an item of JSON may have at most. */
final class JsonLimits {

    /** Levels of objects and arrays, the item itself being the first. */
    static final int DEPTH = 64;

    static final int ITEM_BYTES = 2 << 20;
    static final int STRING_CHARACTERS = 1_000_000;
    static final int NAME_CHARACTERS = 1_000;
    static final int NUMBER_CHARACTERS = 400;

    /** Powers of ten. */
    static final int EXPONENT = 1_000;

    /** Of the text that a dead letter keeps. */
    static final int RAW_CHARACTERS = 64 * 1024;

    static final int POINTER_CHARACTERS = 500;

    private JsonLimits() {}
}
