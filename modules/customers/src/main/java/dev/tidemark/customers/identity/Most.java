package dev.tidemark.customers.identity;

/**
 * How much may be known about the ids of a fact before it is noted.
 *
 * @param ofOne facts about {@code one}
 * @param ofOther facts about {@code other}
 * @param ids of both people together
 * @param idBytes of these ids, in UTF-8
 */
record Most(int ofOne, int ofOther, int ids, long idBytes) {

    /**
     * By senders. More about one id say that it is nobody's: a device at a counter, or "null" in someone's code; and more ids of
     * one are no person's: a login that many share, or a script.
     */
    static final Most SAID = new Most(100, 1_000, 4_000, 2 << 20);
}
