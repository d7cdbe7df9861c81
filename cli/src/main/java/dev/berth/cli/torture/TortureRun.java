package dev.berth.cli.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** A run: the victim alone for a moment, then each attack beside it, then whether the server still answers. */
public final class TortureRun {
    /** How long an attack's connections have to come out when it is over; a last look at one takes less. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(10);

    private final Target target;
    private final Speech speech;
    private final Limits limits;
    private final Victim victim;

    /** Waits for the wish to end early, for so long at most; returns whether it is there. */
    @FunctionalInterface
    public interface Stop {
        /** Waits. */
        boolean await(Duration limit) throws InterruptedException;
    }

    /** Is told which attack begins. */
    @FunctionalInterface
    public interface Progress {
        /** This one begins. */
        void at(Attack attack);
    }

    @FunctionalInterface
    private interface Wait {
        void during(Duration attack) throws InterruptedException;
    }

    /** A run that has not begun. */
    public TortureRun(Target target, Speech speech, Limits limits) {
        this.target = target;
        this.speech = speech;
        this.limits = limits;
        victim = new Victim(target.endpoint(), speech, limits.patience());
    }

    /** Looks how the server treats the victim while nobody attacks. */
    public Suffering calm() throws InterruptedException {
        return victim.calm();
    }

    /** Makes the attacks one after another; ends early when told to, or when the server does not come back. */
    public Result attack(Suffering calm, List<Attack> attacks, Stop stop, Progress progress) throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        boolean ended = false;
        for (int i = 0; i < attacks.size() && !ended; i++) {
            progress.at(attacks.get(i));
            AtomicBoolean asked = new AtomicBoolean();
            Outcome outcome = outcome(attacks.get(i), limit -> asked.set(stop.await(limit)));
            outcomes.add(outcome);
            ended = asked.get() || !outcome.recovered();
        }
        return new Result(target, limits, speech, calm, outcomes, ended);
    }

    private Outcome outcome(Attack attack, Wait wait) throws InterruptedException {
        List<Attacker> attackers = attackers(attack);
        CountDownLatch over = new CountDownLatch(1);
        Queue<Probe> probes = new ConcurrentLinkedQueue<>();
        try {
            Thread suffering = Thread.ofPlatform().daemon().name("berth-torture-victim").start(() -> victim.suffer(over, probes));
            List<Thread> threads = started(attackers);
            wait.during(limits.duration());
            // The victim's last visit ends before the attack does: how attackers leave is no part of it.
            over.countDown();
            suffering.join();
            List<Fate> fates = ended(attackers, threads);
            return new Outcome(attack, fates, new Suffering(List.copyOf(probes)), victim.recovers(limits.recovery()));
        } finally {
            over.countDown();
            attackers.forEach(Attacker::end);
        }
    }

    private List<Attacker> attackers(Attack attack) {
        List<Attacker> attackers = new ArrayList<>();
        for (int number = 0; number < limits.connections() * attack.share(); number++) {
            attackers.add(new Attacker(target.address(), attack, speech, limits.duration(), number));
        }
        return attackers;
    }

    private static List<Thread> started(List<Attacker> attackers) {
        List<Thread> threads = new ArrayList<>();
        for (Attacker attacker : attackers) {
            threads.add(Thread.ofVirtual().name("berth-torture-" + attacker.number()).start(attacker));
        }
        return threads;
    }

    private static List<Fate> ended(List<Attacker> attackers, List<Thread> threads) throws InterruptedException {
        attackers.forEach(Attacker::end);
        long deadline = System.nanoTime() + LAST_WAIT.toNanos();
        for (Thread thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
        return attackers.stream().flatMap(attacker -> attacker.fates().stream()).toList();
    }
}
