package dev.tidemark.rollups.rows;

import java.util.Arrays;

/** Numbers texts in UTF-8 in the order in which they come, from 0 on. Like {@link LongNumbers}, since each event looks up several. */
final class TextNumbers {

    private static final int FREE = -1;
    private static final int FIRST_ROOM = 16;

    /** Of Fibonacci hashing, as {@link LongNumbers} has it. */
    private static final int SPREAD = 0x9E3779B9;

    private byte[][] values = new byte[FIRST_ROOM][];
    private int[] hashes = new int[FIRST_ROOM];
    private int[] slots = free(2 * FIRST_ROOM);
    private int size;

    byte[] value(int number) {
        return values[number];
    }

    /** The number that a text has, or gets. */
    int of(byte[] text) {
        int hash = Arrays.hashCode(text);
        int slot = slot(text, hash);
        if (slots[slot] != FREE) {
            return slots[slot];
        }
        if (size == values.length) {
            makeRoom();
            slot = slot(text, hash);
        }
        values[size] = text;
        hashes[size] = hash;
        slots[slot] = size;
        return size++;
    }

    /** Where a text is, or a place for it. */
    private int slot(byte[] text, int hash) {
        int slot = first(hash);
        while (slots[slot] != FREE && !(hashes[slots[slot]] == hash && Arrays.equals(values[slots[slot]], text))) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private int first(int hash) {
        return (hash * SPREAD) >>> (1 + Integer.numberOfLeadingZeros(slots.length));
    }

    private void makeRoom() {
        values = Arrays.copyOf(values, 2 * size);
        hashes = Arrays.copyOf(hashes, 2 * size);
        slots = free(4 * size);
        for (int number = 0; number < size; number++) {
            slots[slot(values[number], hashes[number])] = number;
        }
    }

    private static int[] free(int length) {
        var slots = new int[length];
        Arrays.fill(slots, FREE);
        return slots;
    }
}
