package com.acme;

import dev.berth.connection.Connection;
import dev.berth.server.Handler;

/** Adds up what a meter reports, and says goodbye when the server ends. */
public final class Meter implements Handler<String> {

    @Override
    public void handle(Connection<String> meter) throws Exception {
        long sum = 0;
        for (String line; (line = meter.receive()) != null; ) {
            sum += Long.parseLong(line);
            meter.send("sum " + sum);
        }
    }

    @Override
    public void onDrain(Connection<String> meter) throws Exception {
        meter.send("BYE");
    }
}
