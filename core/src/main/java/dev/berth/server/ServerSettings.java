package dev.berth.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

import dev.berth.connection.Deadlines;
import dev.berth.connection.FrameTap;
import dev.berth.framing.Codec;
import dev.berth.transport.KeepAlive;
import dev.berth.transport.OutputLimits;
import dev.berth.transport.Transport;

/** Everything a server was told, checked. The builder documents each setting. */
record ServerSettings<T>(
        Codec<T> codec,
        @Nullable LoginStep<?> login,
        Handler<T> handler,
        InetSocketAddress address,
        @Nullable String name,
        int backlog,
        int sendBufferBytes,
        Limits limits,
        Duration queueTimeout,
        WhenFull whenFull,
        @Nullable T busyNotice,
        @Nullable IntFunction<T> queueNotice,
        OutputLimits output,
        Deadlines deadlines,
        KeepAlive keepAlive,
        Lifetime.Settings lifetime,
        ServerEvents events,
        FrameTap tap,
        Transport transport) {}
