package dev.berth.testkit.junit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import dev.berth.server.TcpServer;
import dev.berth.transport.Transport;

/**
 * Fails a test that leaves something behind: within 5 s of its end, sockets, virtual threads, Berth's other threads, the timers of its
 * servers, and the places of the watched servers must be back where they were before it, and so must the bytes that the
 * {@link #transport} holds unsent.
 *
 * <p>It looks after everything that ends after it began: declare it above the extensions whose servers end with each test, with
 * {@code @Order} where a class has several. Sockets are counted where {@code /proc/self/fd} is, which is Linux; elsewhere
 * a line on stderr says that they are not. Not for tests that run at the same time as others in the same process: it can't tell whose a
 * thread is.
 */
public final class BaselineExtension implements BeforeEachCallback, AfterEachCallback {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(BaselineExtension.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final List<Supplier<TcpServer>> servers = new ArrayList<>();
    private final WatchedTransport transport = new WatchedTransport();
    private Duration limit = Duration.ofSeconds(5);

    /** Watches sockets, threads and timers. */
    public BaselineExtension() {}

    /** Watches the places of this server too: who has one, and who waits for one. It must run before and after each test. */
    public BaselineExtension watching(Supplier<TcpServer> server) {
        servers.add(server);
        return this;
    }

    /** Waits for so long at most until all is gone, instead of 5 s. */
    public BaselineExtension within(Duration limit) {
        this.limit = limit;
        return this;
    }

    /** The portable transport, which tells this extension what its links hold unsent: {@code builder.transport(baseline.transport())}. */
    public Transport transport() {
        return transport;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getRoot().getStore(SPACE).computeIfAbsent("warm", _ -> WarmUp.done());
        context.getStore(SPACE).put("before", look());
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        var before = context.getStore(SPACE).get("before", Belongings.class);
        if (before == null) {
            return;
        }
        long deadline = System.nanoTime() + limit.toNanos();
        for (var left = look().beyond(before); !left.isEmpty(); left = look().beyond(before)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("left behind " + limit.toMillis() + " ms after the test:\n  " + String.join("\n  ", left));
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private Belongings look() {
        return Belongings.now(servers.stream().map(Supplier::get).toList(), transport.unsentBytes());
    }
}
