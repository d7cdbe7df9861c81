package dev.berth.proof;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;

import com.sun.management.ThreadMXBean;

import dev.berth.transport.ConnectOptions;
import dev.berth.transport.Link;
import dev.berth.transport.ListenOptions;
import dev.berth.transport.Listener;
import dev.berth.transport.Transport;

/** The portable transport with every client on a platform thread: the JVM counts what those allocate, and only those. */
public final class PlatformTransport implements Transport {
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private final Transport portable = Transport.portable();

    /** How many bytes this thread, which runs, has allocated so far. */
    public static long allocated(Thread thread) {
        return THREADS.getThreadAllocatedBytes(thread.threadId());
    }

    @Override
    public Listener listen(ListenOptions options) throws IOException {
        return portable.listen(options);
    }

    @Override
    public Link connect(InetSocketAddress remote, ConnectOptions options) throws IOException {
        return portable.connect(remote, options);
    }

    @Override
    public Thread start(Link link, String name, Runnable task) {
        return Thread.ofPlatform().daemon().name(name).start(task);
    }
}
