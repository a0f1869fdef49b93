package dev.tidemark.server.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/** A program in a jar of its own that says that it is there and, when it has heard a line, what stands beside it in the jar. */
final class Said {

    private Said() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("ready");
        while (System.in.read() > '\n') {
            // until the line ends
        }
        try (var text = Said.class.getResourceAsStream("/said.txt")) {
            System.out.println(text == null ? "nothing" : new String(text.readAllBytes(), UTF_8));
        }
    }
}
