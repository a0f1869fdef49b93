package dev.tidemark.botfilter;

import java.util.Locale;
import ua_parser.CachingParser;
import ua_parser.Parser;

/** The robots that the ua-parser project knows, and browsers that nobody looks at. */
final class Bots {

    private static final int LONGEST = 512;
    private static final String ROBOT = "Spider";
    private static final String UNSEEN = "headless";

    private final Parser parser;

    Bots(int remembered) {
        this.parser = new CachingParser(remembered);
    }

    boolean include(String agent) {
        var read = agent.length() > LONGEST ? agent.substring(0, LONGEST) : agent;
        return parser.parse(read).device.family.equals(ROBOT)
                || read.toLowerCase(Locale.ROOT).contains(UNSEEN);
    }
}
