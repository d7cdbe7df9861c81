package dev.berth.cli;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.berth.transport.CloseReason;
import dev.berth.transport.ConnectOptions;
import dev.berth.transport.Link;
import dev.berth.transport.ListenOptions;
import dev.berth.transport.Listener;
import dev.berth.transport.Transport;

/** The portable transport with one fault, which no test can make the system have. */
final class FaultyNetwork implements Transport {
    private interface Fault {
        Object called(Listener listener, Method method, Object[] arguments) throws Throwable;
    }

    private final Transport real = Transport.portable();
    private final Fault fault;

    private FaultyNetwork(Fault fault) {
        this.fault = fault;
    }

    /** Reading from any client fails. */
    static FaultyNetwork withoutReading() {
        return new FaultyNetwork((listener, method, arguments) -> {
            Object result = real(listener, method, arguments);
            return result instanceof Link link ? unreadable(link) : result;
        });
    }

    /** The first client can't be accepted. */
    static FaultyNetwork withoutDescriptors() {
        AtomicBoolean failed = new AtomicBoolean();
        return new FaultyNetwork((listener, method, arguments) -> {
            if (method.getName().equals("accept") && failed.compareAndSet(false, true)) {
                throw new IOException("Too many open files");
            }
            return real(listener, method, arguments);
        });
    }

    private static Link unreadable(Link link) {
        return (Link) Proxy.newProxyInstance(Link.class.getClassLoader(), new Class<?>[] {Link.class}, (_, method, arguments) -> {
            Object result = real(link, method, arguments);
            if (method.getName().equals("read")) {
                link.reason(CloseReason.IO_ERROR);
                throw new IOException("the network is gone");
            }
            return result;
        });
    }

    private static Object real(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public Listener listen(ListenOptions options) throws IOException {
        Listener listener = real.listen(options);
        return (Listener) Proxy.newProxyInstance(Listener.class.getClassLoader(), new Class<?>[] {Listener.class},
                (_, method, arguments) -> fault.called(listener, method, arguments));
    }

    @Override
    public Link connect(InetSocketAddress remote, ConnectOptions options) throws IOException {
        return real.connect(remote, options);
    }

    @Override
    public Thread start(Link link, String name, Runnable task) {
        return real.start(link, name, task);
    }
}
