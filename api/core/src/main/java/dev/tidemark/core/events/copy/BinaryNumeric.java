package dev.tidemark.core.events.copy;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** PostgreSQL's numeric: digits to the base of 10,000, the power of the first one, a sign, and the decimals to show. */
final class BinaryNumeric {

    private static final int BASE_DIGITS = 4;
    private static final int NEGATIVE = 0x4000;

    private BinaryNumeric() {}

    static void put(BinaryBuffer out, BigDecimal value) {
        var scale = Math.max(0, value.scale());
        var groupsAfterPoint = Math.ceilDiv(scale, BASE_DIGITS);
        var digits = value.abs()
                .setScale(groupsAfterPoint * BASE_DIGITS, RoundingMode.UNNECESSARY)
                .unscaledValue()
                .toString();
        digits = "0".repeat(Math.floorMod(-digits.length(), BASE_DIGITS)) + digits;
        var groups = digits.length() / BASE_DIGITS;
        var first = 0;
        while (first < groups && group(digits, first) == 0) {
            first++;
        }
        var last = groups;
        while (last > first && group(digits, last - 1) == 0) {
            last--;
        }
        out.putInt(Short.BYTES * (4 + last - first));
        out.putShort(last - first);
        out.putShort(last == first ? 0 : groups - groupsAfterPoint - first - 1);
        out.putShort(value.signum() < 0 ? NEGATIVE : 0);
        out.putShort(scale);
        for (int i = first; i < last; i++) {
            out.putShort(group(digits, i));
        }
    }

    private static int group(String digits, int index) {
        return Integer.parseInt(digits, index * BASE_DIGITS, (index + 1) * BASE_DIGITS, 10);
    }
}
