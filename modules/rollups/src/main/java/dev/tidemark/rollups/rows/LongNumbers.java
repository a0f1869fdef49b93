package dev.tidemark.rollups.rows;

import java.util.Arrays;

/** Numbers values in the order in which they come, from 0 on. In two arrays, since each event looks up several. */
final class LongNumbers {

    private static final int FREE = -1;
    private static final int FIRST_ROOM = 16;

    /** Of Fibonacci hashing: the whole numbers' golden section. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private long[] values = new long[FIRST_ROOM];
    private int[] slots = free(2 * FIRST_ROOM);
    private int size;

    int size() {
        return size;
    }

    long value(int number) {
        return values[number];
    }

    /** The number that a value has, or gets. */
    int of(long value) {
        int slot = slot(value);
        if (slots[slot] != FREE) {
            return slots[slot];
        }
        if (size == values.length) {
            makeRoom();
            slot = slot(value);
        }
        values[size] = value;
        slots[slot] = size;
        return size++;
    }

    /** Where a value is, or a place for it. */
    private int slot(long value) {
        long spread = value * SPREAD;
        long mixed = (spread ^ (spread >>> Integer.SIZE)) * SPREAD;
        int slot = (int) (mixed >>> (1 + Long.numberOfLeadingZeros(slots.length)));
        while (slots[slot] != FREE && values[slots[slot]] != value) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void makeRoom() {
        values = Arrays.copyOf(values, 2 * size);
        slots = free(4 * size);
        for (int number = 0; number < size; number++) {
            slots[slot(values[number])] = number;
        }
    }

    private static int[] free(int length) {
        var slots = new int[length];
        Arrays.fill(slots, FREE);
        return slots;
    }
}
