package dev.tidemark.server.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One object an entry, for machines that gather logs. */
final class JsonFormat extends Formatter {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String format(LogRecord entry) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("time", entry.getInstant().toString());
        members.put("level", entry.getLevel().getName());
        members.put("logger", String.valueOf(entry.getLoggerName()));
        members.put("message", formatMessage(entry));
        if (entry.getThrown() != null) {
            members.put("exception", TextFormat.exception(entry));
        }
        try {
            return JSON.writeValueAsString(members) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
