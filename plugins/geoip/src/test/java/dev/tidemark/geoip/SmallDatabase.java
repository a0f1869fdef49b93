package dev.tidemark.geoip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes a database of one network in MaxMind's format, version 2.0: a tree of bits, the data, and what describes them. */
final class SmallDatabase {

    private static final int BITS = 24;
    private static final byte[] MARKER = {
        (byte) 0xAB, (byte) 0xCD, (byte) 0xEF, 'M', 'a', 'x', 'M', 'i', 'n', 'd', '.', 'c', 'o', 'm'
    };

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private SmallDatabase() {}

    /** A database that knows the addresses from a.b.c.0 to a.b.c.255. */
    static Path write(Path file, int network, Map<String, Object> place) throws IOException {
        var database = new SmallDatabase();
        database.tree(network);
        database.out.write(new byte[16]);
        database.value(place);
        database.out.write(MARKER);
        database.value(Map.of(
                "node_count",
                BITS,
                "record_size",
                (short) BITS,
                "ip_version",
                (short) 4,
                "database_type",
                "Test-City",
                "languages",
                List.of("en"),
                "binary_format_major_version",
                (short) 2,
                "binary_format_minor_version",
                (short) 0,
                "build_epoch",
                1_750_000_000L,
                "description",
                Map.of("en", "One network")));
        return Files.write(file, database.out.toByteArray());
    }

    /** One node a bit; where the address goes another way, nothing is known. */
    private void tree(int network) {
        for (int bit = 0; bit < BITS; bit++) {
            var next = bit + 1 == BITS ? BITS + 16 : bit + 1;
            var isOne = (network >> (BITS - 1 - bit) & 1) == 1;
            record(isOne ? BITS : next);
            record(isOne ? next : BITS);
        }
    }

    private void record(int value) {
        number(value, 3);
    }

    private void value(Object value) {
        switch (value) {
            case String text -> {
                var bytes = text.getBytes(StandardCharsets.UTF_8);
                control(2, bytes.length);
                out.writeBytes(bytes);
            }
            case Short number -> {
                control(5, 2);
                number(number, 2);
            }
            case Integer number -> {
                control(6, 4);
                number(number, 4);
            }
            case Long number -> {
                control(9, 8);
                number(number, 8);
            }
            case Map<?, ?> map -> {
                control(7, map.size());
                map.forEach((name, member) -> {
                    value(name);
                    value(member);
                });
            }
            case List<?> list -> {
                control(11, list.size());
                list.forEach(this::value);
            }
            default -> throw new IllegalArgumentException(value.toString());
        }
    }

    /** Sizes up to 28 stand in the first byte, types above 7 in a second one. */
    private void control(int type, int size) {
        out.write(type <= 7 ? type << 5 | size : size);
        if (type > 7) {
            out.write(type - 7);
        }
    }

    private void number(long value, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            out.write((int) (value >> (8 * i)));
        }
    }
}
