package dev.tidemark.segment;

import dev.tidemark.spi.ModuleContext;

/** What a request may carry. By default, what Segment takes: SDKs count on it, and split what they have accordingly. */
record SegmentLimits(int messageBytes, int requestBytes, int messages) {

    private static final int KIB = 1024;
    private static final int MESSAGE = 32 * KIB;

    /** 500 KB of messages, and what SDKs put around them. */
    private static final int REQUEST = 500 * KIB + MESSAGE;

    private static final int MESSAGES = 2_500;

    static SegmentLimits read(ModuleContext context) {
        return new SegmentLimits(
                context.setting("message-bytes", MESSAGE, "The largest message; a larger one becomes a dead letter."),
                context.setting("request-bytes", REQUEST, "The largest body of a request, after inflation."),
                context.setting("messages", MESSAGES, "The most messages of a batch."));
    }
}
