package dev.tidemark.server.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** The archive while it is written; files may change, shrink or vanish meanwhile. */
final class BackupArchive implements AutoCloseable {
    private final TarArchiveOutputStream tar;
    private final byte[] buffer = new byte[1 << 16];

    BackupArchive(OutputStream out) throws IOException {
        var compression = new GzipParameters();
        compression.setCompressionLevel(Deflater.BEST_SPEED);
        tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(out, compression));
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    void directory(String name) throws IOException {
        tar.putArchiveEntry(new TarArchiveEntry(name + "/"));
        tar.closeArchiveEntry();
    }

    void file(String name, String text) throws IOException {
        file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    void file(String name, byte[] content) throws IOException {
        begin(name, content.length);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** A table that was dropped meanwhile needs no copy: the log drops it again. */
    void file(String name, Path file) throws IOException {
        try (var content = Files.newInputStream(file)) {
            long size = Files.size(file);
            begin(name, size);
            copy(content, size);
            tar.closeArchiveEntry();
        } catch (NoSuchFileException dropped) {
            return;
        }
    }

    /** What was cut off meanwhile is filled with zeros: the log cuts it off again. */
    private void copy(InputStream content, long size) throws IOException {
        for (long left = size; left > 0; left -= buffer.length) {
            int length = (int) Math.min(left, buffer.length);
            int read = content.readNBytes(buffer, 0, length);
            Arrays.fill(buffer, read, length, (byte) 0);
            tar.write(buffer, 0, length);
        }
    }

    private void begin(String name, long size) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setMode(0100600);
        tar.putArchiveEntry(entry);
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
