package dev.tidemark.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The fenced code of a Markdown file, so that a test can run what a reader would type. */
public final class Markdown {

    private static final String FENCE = "```";

    private Markdown() {}

    /** The code of every block that begins with three backticks and one of the languages, in order. */
    public static List<Block> blocks(Path file, String... languages) {
        try {
            return blocks(Files.readAllLines(file), List.of(languages));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Block> blocks(List<String> lines, List<String> languages) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith(FENCE)) {
                continue;
            }
            var language = lines.get(i).substring(FENCE.length()).strip();
            var start = i + 1;
            var end = start;
            while (!lines.get(end).startsWith(FENCE)) {
                end++;
            }
            if (languages.contains(language)) {
                blocks.add(new Block(start, language, String.join("\n", lines.subList(start, end))));
            }
            i = end;
        }
        return blocks;
    }

    /**
     * One block.
     *
     * @param line the number of the line before its code, from 1
     */
    public record Block(int line, String language, String code) {}
}
