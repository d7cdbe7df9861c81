package dev.berth.stress;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.time.Duration;
import java.util.Set;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.util.LoggingLevel;

/** How Lincheck looks for orders of steps whose results no order of whole calls would give. Its choices are the same each time. */
final class Interleavings {
    /** How long to look at each class; 0 for a short look. */
    private static final Duration LIMIT = Duration.ofSeconds(Integer.getInteger("berth.stress.seconds", 0));

    private static final Duration HANGS = Duration.ofMinutes(5);
    private static final int FEW = 6;
    private static final int ORDERS_OF_FEW = 100;
    private static final int ORDERS_OF_MANY = 1_000;

    /** What of Berth a call is one step of: values, which nobody changes. */
    private static final Set<String> VALUES =
            Set.of("dev.berth.server.Cidr", "dev.berth.server.Limits", "dev.berth.server.Source");

    private Interleavings() {}

    /** Tries a few programs of three calls on each of two threads; and where there is time, many more of four. */
    static void check(Class<?> operations, Class<?> model) {
        long start = System.nanoTime();
        options(FEW, ORDERS_OF_FEW).sequentialSpecification(model).check(operations);
        long each = (System.nanoTime() - start) / FEW * (ORDERS_OF_MANY / ORDERS_OF_FEW);
        int more = (int) Math.max(0, (LIMIT.toNanos() - (System.nanoTime() - start)) / each);
        if (more > 0) {
            options(more, ORDERS_OF_MANY).actorsPerThread(4).sequentialSpecification(model).check(operations);
        }
        System.out.println("tried: " + (FEW * ORDERS_OF_FEW + more * ORDERS_OF_MANY) + " orders of " + (FEW + more)
                + " programs at most, " + operations.getName() + ", "
                + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s");
    }

    // Lincheck names the time limit of one try as its own affair; but it is the wall's clock, and this machine may be a busy one.
    private static ModelCheckingOptions options(int programs, int orders) {
        return new ModelCheckingOptions().threads(2).actorsBefore(1).actorsPerThread(3).actorsAfter(2).iterations(programs)
                .invocationsPerIteration(orders).invocationTimeout$lincheck(HANGS.toMillis()).logLevel(LoggingLevel.ERROR)
                .addGuarantee(forClasses(Interleavings::isOneStep).allMethods().treatAsAtomic());
    }

    /** A call of a collection, a text or a buffer is one step: what can go wrong happens between two. Locks are looked into. */
    private static boolean isOneStep(String className) {
        return VALUES.contains(className) || className.startsWith("java.nio.") || className.startsWith("java.lang.String")
                || (className.startsWith("java.util.") && !className.startsWith("java.util.concurrent.locks."));
    }
}
