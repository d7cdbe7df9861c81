package dev.berth.testkit.chaos;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** How a {@link ChaosProxy} will be; what is not set does no harm. Not thread-safe. */
public final class ChaosProxyBuilder {
    private static final int FIRST = 0;

    private final InetSocketAddress server;
    private final List<Toxic> toServer = new ArrayList<>();
    private final List<Toxic> toClient = new ArrayList<>();
    private Schedule schedule = Schedule.NONE;
    private long seed;

    ChaosProxyBuilder(InetSocketAddress server) {
        this.server = server;
    }

    /** Where what is random comes from, as sizes of slices; 0 unless set, and that of the schedule where there is one. */
    public ChaosProxyBuilder seed(long seed) {
        this.seed = seed;
        return this;
    }

    /** Adds toxics to what each client sends. */
    public ChaosProxyBuilder toServer(Toxic... toxics) {
        toServer.addAll(List.of(toxics));
        return this;
    }

    /** Adds toxics to what each client is sent. */
    public ChaosProxyBuilder toClient(Toxic... toxics) {
        toClient.addAll(List.of(toxics));
        return this;
    }

    /** Which connection gets which fault, besides what all of them get. Its seed becomes the proxy's. */
    public ChaosProxyBuilder schedule(Schedule schedule) {
        this.schedule = schedule;
        return seed(schedule.seed());
    }

    /** Starts the proxy on a port of the system's choice, on loopback. */
    public ChaosProxy start() throws IOException {
        return new ChaosProxy(server, new ToxicPlan(schedule, toServer, toClient, seed, FIRST));
    }
}
