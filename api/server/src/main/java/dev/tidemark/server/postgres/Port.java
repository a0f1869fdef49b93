package dev.tidemark.server.postgres;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** The port of the last start, so that tools and bookmarks of the operator keep working. */
final class Port {
    private static final int ANY = 0;

    private Port() {}

    /** How a start comes to its port, given the file that remembers the last. */
    @FunctionalInterface
    interface Choice {
        int of(Path file) throws IOException;
    }

    static int choose(Path file) throws IOException {
        int last = last(file);
        int free = free(last);
        if (free != last) {
            Durable.write(file, Integer.toString(free));
        }
        return free;
    }

    static int last(Path file) throws IOException {
        if (!Files.exists(file)) {
            return ANY;
        }
        String text = Files.readString(file).strip();
        return text.matches("[1-9]\\d{0,4}") && Integer.parseInt(text) <= 0xffff ? Integer.parseInt(text) : ANY;
    }

    static boolean isTaken(int port) throws IOException {
        return free(port) != port;
    }

    private static int free(int wanted) throws IOException {
        try (var socket = new ServerSocket(wanted, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (BindException taken) {
            if (wanted == ANY) {
                throw taken;
            }
            return free(ANY);
        }
    }
}
