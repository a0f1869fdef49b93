package dev.tidemark.server.process;

import dev.tidemark.server.http.HttpSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out in a moment what would stop a start halfway. */
final class Precheck {

    private Precheck() {}

    static void makeWritable(Path data) {
        try {
            Files.createDirectories(data);
            Files.delete(Files.createTempFile(data, "writable", null));
        } catch (IOException e) {
            throw new StartRefused("The data directory " + data.toAbsolutePath()
                    + " cannot be written: give its owner the right to, or name another one with --data.");
        }
    }

    static void requireFree(HttpSettings http) {
        var address = new InetSocketAddress(http.host(), http.port());
        if (address.isUnresolved()) {
            throw new StartRefused(
                    "The host " + http.host() + " is unknown: name an address of this machine with --host.");
        }
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            throw taken(http);
        }
    }

    static StartRefused taken(HttpSettings http) {
        return new StartRefused("Port " + http.port() + " of " + http.host()
                + " cannot be listened on: stop what uses it, or choose another one with --port.");
    }
}
