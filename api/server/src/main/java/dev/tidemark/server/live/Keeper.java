package dev.tidemark.server.live;

import io.helidon.websocket.WsOpCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks after a socket from beside: who it is, whether its client is there and reads, and whether its key still holds. */
final class Keeper {

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration KEY_CHECK = Duration.ofSeconds(2);
    private static final Duration LAST_WORD = Duration.ofSeconds(1);
    private static final int MISSES = 2;

    private final LiveSettings settings;
    private final Conversation conversation;
    private final SocketReader reader;
    private final SocketWriter writer;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final long openedAt = System.nanoTime();
    private long pingedAt = openedAt;
    private long checkedAt = openedAt;

    Keeper(LiveSettings settings, Conversation conversation, SocketReader reader, SocketWriter writer) {
        this.settings = settings;
        this.conversation = conversation;
        this.reader = reader;
        this.writer = writer;
    }

    void start() {
        Thread.ofVirtual().name("keeper").start(this::run);
    }

    void end() {
        ended.countDown();
    }

    private void run() {
        try {
            while (!ended.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (SocketClosed e) {
            writer.close(e.code(), e.reason());
            endSoon();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endSoon() {
        try {
            if (!ended.await(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS)) {
                writer.cutOff();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        var patience = settings.keepAlive().multipliedBy(MISSES);
        if (writer.isClosedFor(LAST_WORD) || writer.isStalledFor(patience) || isPast(reader.heardAt(), patience)) {
            writer.cutOff();
        } else if (!conversation.isInitialised() && isPast(openedAt, settings.initWait())) {
            throw new SocketClosed(CloseCode.INIT_TIMEOUT, "Connection initialisation timeout");
        } else if (isPast(pingedAt, settings.keepAlive())) {
            pingedAt = System.nanoTime();
            writer.control(WsOpCode.PING, new byte[0]);
        } else if (isPast(checkedAt, KEY_CHECK)) {
            checkedAt = System.nanoTime();
            conversation.checkKey();
        }
    }

    private static boolean isPast(long since, Duration time) {
        return System.nanoTime() - since > time.toNanos();
    }
}
