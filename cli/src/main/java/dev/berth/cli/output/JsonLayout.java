package dev.berth.cli.output;

import org.slf4j.event.KeyValuePair;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.JsonEscapeUtil;

/**
 * A line of the log for programs: one flat JSON object with time, level, the event's own fields, and the message. Logback's own
 * JSON encoder nests the fields in a list, where a query has to search for them.
 */
final class JsonLayout extends LayoutBase<ILoggingEvent> {
    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder json = new StringBuilder("{");
        field(json, "time", event.getInstant());
        field(json, "level", event.getLevel());
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                field(json, pair.key, pair.value);
            }
        }
        field(json, "message", event.getFormattedMessage());
        return json.append('}').toString();
    }

    private static void field(StringBuilder json, String name, Object value) {
        json.append(json.length() == 1 ? "\"" : ",\"").append(name).append("\":");
        if (value instanceof Number || value instanceof Boolean) {
            json.append(value);
        } else {
            json.append('"').append(JsonEscapeUtil.jsonEscapeString(String.valueOf(value))).append('"');
        }
    }
}
