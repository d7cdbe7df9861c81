package dev.berth.acceptance.program;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import dev.berth.framing.Codec;
import dev.berth.framing.Framing;
import dev.berth.server.Profile;
import dev.berth.server.ServerBuilder;
import dev.berth.server.TcpServer;
import dev.berth.server.WhenFull;

/**
 * A server's settings from arguments, {@code maxQueued=10}: the builder's names, durations in milliseconds; besides, {@code framing}
 * in its notation and {@code maxFrameBytes}.
 */
final class Setup {
    private Setup() {}

    static ServerBuilder<String> builder(String[] settings) {
        Map<String, String> given = new TreeMap<>();
        for (var setting : settings) {
            int equals = setting.indexOf('=');
            given.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        var framing = Framing.parse(given.getOrDefault("framing", "line"));
        given.remove("framing");
        var maxFrameBytes = given.remove("maxFrameBytes");
        if (maxFrameBytes != null) {
            framing = framing.withMaxFrameBytes(Integer.parseInt(maxFrameBytes));
        }
        var builder = TcpServer.builder(Codec.text(framing, StandardCharsets.UTF_8)).port(0);
        given.forEach((name, value) -> set(builder, name, value));
        return builder;
    }

    private static void set(ServerBuilder<String> builder, String name, String value) {
        switch (name) {
            case "profile" -> builder.profile(Profile.valueOf(value));
            case "backlog" -> builder.backlog(Integer.parseInt(value));
            case "maxConnections" -> builder.maxConnections(Integer.parseInt(value));
            case "maxQueued" -> builder.maxQueued(Integer.parseInt(value));
            case "maxPerIp" -> builder.maxPerIp(Integer.parseInt(value));
            case "whenFull" -> builder.whenFull(WhenFull.valueOf(value));
            case "busyNotice" -> builder.busyNotice(value);
            case "queueNotice" -> builder.queueNotice(position -> value);
            case "queueTimeout" -> builder.queueTimeout(millis(value));
            case "firstByteTimeout" -> builder.firstByteTimeout(millis(value));
            case "frameTimeout" -> builder.frameTimeout(millis(value));
            case "idleTimeout" -> builder.idleTimeout(millis(value));
            case "writeTimeout" -> builder.writeTimeout(millis(value));
            case "maxAge" -> builder.maxAge(millis(value));
            case "maxOutputBytes" -> builder.maxOutputBytes(Integer.parseInt(value));
            case "softOutputBytes" -> builder.softOutputBytes(Integer.parseInt(value));
            case "softOutputTime" -> builder.softOutputTime(millis(value));
            default -> throw new IllegalArgumentException("unknown setting " + name);
        }
    }

    private static Duration millis(String value) {
        return Duration.ofMillis(Long.parseLong(value));
    }
}
