package dev.tidemark.server.upload;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Rows, rows a second, and the time left, on one line of a terminal. */
final class ProgressBarView implements Progress {

    private static final int REFRESH_MILLISECONDS = 200;

    private final String name;
    private final long rows;
    private @Nullable ProgressBar bar;

    ProgressBarView(String name, long rows) {
        this.name = name;
        this.rows = rows;
    }

    @Override
    public void begin(long before) {
        bar = new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(Math.max(rows, before))
                .setUnit(" rows", 1)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
                .startsFrom(before, Duration.ZERO)
                .showSpeed()
                .build();
    }

    @Override
    public void reach(long reached) {
        if (bar != null) {
            bar.maxHint(Math.max(bar.getMax(), reached)).stepTo(reached);
        }
    }

    @Override
    public void say(String sentence) {
        if (bar != null) {
            bar.setExtraMessage(" " + sentence);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
