package dev.berth.examples;

import dev.berth.connection.Connection;
import dev.berth.server.Handler;

/** The guide's example: a meter says HELLO with its number, then its readings, and BYE. */
final class MeterHandler implements Handler<String> {

    @Override
    public void handle(Connection<String> meter) throws Exception {
        for (String line; (line = meter.receive()) != null; ) {
            if (line.startsWith("HELLO ")) {
                meter.send("OK " + line.substring("HELLO ".length()));
            } else if (line.equals("BYE")) {
                meter.send("BYE");
                return;
            } else {
                meter.send("ERR " + line);
            }
        }
    }
}
