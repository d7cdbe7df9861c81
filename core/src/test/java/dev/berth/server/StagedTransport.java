package dev.berth.server;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.berth.transport.ConnectOptions;
import dev.berth.transport.Link;
import dev.berth.transport.ListenOptions;
import dev.berth.transport.Listener;
import dev.berth.transport.Transport;

/**
 * The portable transport with faults: accepts that fail so many times, addresses that can't be had, and threads that start as the test
 * says.
 */
final class StagedTransport implements Transport {
    private final Transport portable = Transport.portable();
    private final AtomicInteger acceptsToFail = new AtomicInteger();
    private volatile Fault fault = () -> {
        throw new IOException("Too many open files");
    };
    private volatile Consumer<Thread> starting = Thread::start;
    private volatile Runnable beforeTask = () -> {};
    private volatile Runnable beforeAddress = () -> {};
    private volatile Runnable beforePeer = () -> {};
    private volatile Runnable beforeSuspend = () -> {};

    /** What an accept fails with. */
    interface Fault {
        void happen() throws IOException;
    }

    /** The next accepts fail, before a client is taken. */
    void failAccepts(int count) {
        acceptsToFail.set(count);
    }

    /** The next accepts fail with this. */
    void failAccepts(int count, Fault with) {
        fault = with;
        failAccepts(count);
    }

    /** How many of them have not failed yet. */
    int acceptsToFail() {
        return acceptsToFail.get();
    }

    /** What is done with the next clients' threads, instead of just starting them. */
    void starting(Consumer<Thread> starting) {
        this.starting = starting;
    }

    /** What the next clients' threads do before their task. */
    void beforeTask(Runnable beforeTask) {
        this.beforeTask = beforeTask;
    }

    /** What happens before the address listened on is told. */
    void askingForAddress(Runnable beforeAddress) {
        this.beforeAddress = beforeAddress;
    }

    /** What happens before a client's address is told. */
    void askingForPeers(Runnable beforePeer) {
        this.beforePeer = beforePeer;
    }

    /** What happens before the listener is suspended. */
    void suspending(Runnable beforeSuspend) {
        this.beforeSuspend = beforeSuspend;
    }

    @Override
    public Listener listen(ListenOptions options) throws IOException {
        return new StagedListener(portable.listen(options));
    }

    @Override
    public Link connect(InetSocketAddress remote, ConnectOptions options) throws IOException {
        return portable.connect(remote, options);
    }

    @Override
    public Thread start(Link link, String name, Runnable task) {
        var before = beforeTask;
        var thread = Thread.ofVirtual().name(name).unstarted(() -> {
            before.run();
            task.run();
        });
        starting.accept(thread);
        return thread;
    }

    private final class StagedListener implements Listener {
        private final Listener real;

        StagedListener(Listener real) {
            this.real = real;
        }

        @Override
        public Link accept() throws IOException {
            if (acceptsToFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                fault.happen();
            }
            return staged(real.accept());
        }

        private Link staged(Link link) {
            return (Link) Proxy.newProxyInstance(Link.class.getClassLoader(), new Class<?>[] {Link.class}, (_, method, args) -> {
                if (method.getName().equals("remoteAddress")) {
                    beforePeer.run();
                }
                try {
                    return method.invoke(link, args);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
        }

        @Override
        public void suspend() {
            beforeSuspend.run();
            real.suspend();
        }

        @Override
        public void resume() {
            real.resume();
        }

        @Override
        public InetSocketAddress address() {
            beforeAddress.run();
            return real.address();
        }

        @Override
        public int backlog() {
            return real.backlog();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
