package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.berth.transport.CloseReason;

/** Who gets a place, call by call, without sockets: every rung at its bound, and every count. */
@Timeout(30)
class AdmissionTest {
    private static final InetAddress A = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress B = InetAddress.ofLiteral("192.0.2.2");
    private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("198.51.100.1");
    private static final Limits SMALL = Limits.DEFAULT.maxConnections(2).maxQueued(2);

    private Admission admission = new Admission(SMALL, WhenFull.WAIT);

    private void assertServed(Ticket ticket) {
        assertThat(ticket.isSettled()).isTrue();
        assertThat(ticket.refusal()).isNull();
    }

    private void assertWaits(Ticket ticket, int position) {
        assertThat(ticket.isSettled()).isFalse();
        assertThat(ticket.refusal()).isNull();
        assertThat(ticket.position()).isEqualTo(position);
    }

    private void assertRefused(Ticket ticket, RefuseReason reason) {
        assertThat(ticket.isSettled()).isTrue();
        assertThat(ticket.refusal()).isEqualTo(reason);
    }

    private void assertLedger(long accepted, long refused, int waiting, int live, long closed) {
        var ledger = admission.ledger();
        assertThat(new long[] {ledger.accepted(), ledger.refused(), ledger.waiting(), ledger.live(), ledger.closed()})
                .containsExactly(accepted, refused, waiting, live, closed);
        assertThat(ledger.accepted()).isEqualTo(ledger.refused() + ledger.waiting() + ledger.live() + ledger.closed());
        assertThat(ledger.refusedBy().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(refused);
        assertThat(ledger.closedBy().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(closed);
    }

    /** Every method gives the lock back, whichever way it ends. */
    @Test
    void whatOneThreadHasDoneKeepsNoOtherWaiting() throws InterruptedException {
        List<Runnable> deeds = List.of(
                () -> admission.limits(SMALL.maxQueued(1)),
                () -> admission.offer(A),
                () -> admission.release(admission.offer(A), CloseReason.COMPLETED),
                () -> admission.leave(admission.offer(A), RefuseReason.LEFT),
                () -> admission.ledger(),
                () -> admission.shut(RefuseReason.CLOSED));
        for (int i = 0; i < deeds.size(); i++) {
            deeds.get(i).run();

            assertThat(Thread.ofVirtual().start(admission::ledger).join(Duration.ofSeconds(5))).as("deed " + i).isTrue();
        }
    }

    @Nested
    class PlacesAndQueue {

        @Test
        void placesThenTheQueueThenNothing() {
            assertServed(admission.offer(A));
            assertServed(admission.offer(A));
            assertWaits(admission.offer(A), 1);
            assertWaits(admission.offer(A), 2);
            var tooMany = admission.offer(A);

            assertRefused(tooMany, RefuseReason.QUEUE_FULL);
            assertThat(tooMany.position()).isZero();
            assertLedger(5, 1, 2, 2, 0);
        }

        @Test
        void aPlaceGivenBackGoesToTheFirstWhoWaits() {
            var first = admission.offer(A);
            admission.offer(A);
            var third = admission.offer(A);
            var fourth = admission.offer(A);

            admission.release(first, CloseReason.PEER_RESET);

            assertServed(third);
            assertWaits(fourth, 2);
            assertLedger(4, 0, 1, 2, 1);
            assertThat(admission.ledger().closedBy()).containsExactly(entry(CloseReason.PEER_RESET, 1L));
        }

        @Test
        void whoLeavesTheQueueMakesRoomInIt() {
            admission.offer(A);
            admission.offer(A);
            var third = admission.offer(A);
            var fourth = admission.offer(A);

            assertThat(admission.leave(third, RefuseReason.LEFT)).isTrue();
            assertRefused(third, RefuseReason.LEFT);
            assertThat(admission.leave(third, RefuseReason.QUEUE_TIMEOUT)).as("again").isFalse();
            assertRefused(third, RefuseReason.LEFT);

            assertWaits(admission.offer(A), 2);
            assertWaits(fourth, 2);
            assertLedger(5, 1, 2, 2, 0);
            assertThat(admission.ledger().refusedBy()).containsExactly(entry(RefuseReason.LEFT, 1L));
        }

        @Test
        void whoHasAPlaceCannotLeaveTheQueue() {
            var served = admission.offer(A);

            assertThat(admission.leave(served, RefuseReason.LEFT)).isFalse();
            assertServed(served);
            assertLedger(1, 0, 0, 1, 0);
        }

        @Test
        void aTicketIsAwaitedUntilItIsSettled() throws InterruptedException {
            var first = admission.offer(A);
            admission.offer(A);
            var third = admission.offer(A);
            assertThat(third.await(Duration.ZERO)).isFalse();
            var waiting = Thread.ofVirtual().start(() -> admission.release(first, CloseReason.COMPLETED));

            assertThat(third.await(Duration.ofSeconds(20))).isTrue();
            waiting.join();
        }

        @Test
        void whereNobodyWaitsTheNextIsRefusedAsFull() {
            admission = new Admission(SMALL, WhenFull.REFUSE);
            admission.offer(A);
            admission.offer(A);

            assertRefused(admission.offer(A), RefuseReason.FULL);
            assertLedger(3, 1, 0, 2, 0);
        }

        @Test
        void whatALedgerSaysDoesNotChange() {
            var before = admission.ledger();
            admission.release(admission.offer(A), CloseReason.COMPLETED);

            assertThat(before.accepted()).isZero();
            assertThat(before.closedBy()).isEmpty();
        }
    }

    @Nested
    class Replacing {

        @Test
        void asManyNewcomersWaitAsThereArePlacesToTake() {
            admission = new Admission(SMALL.maxQueued(3), WhenFull.REPLACE);
            admission.offer(A);
            admission.offer(A);
            var third = admission.offer(A);
            var fourth = admission.offer(A);
            assertWaits(third, 1);
            assertWaits(fourth, 2);

            var fifth = admission.offer(A);

            assertRefused(third, RefuseReason.REPLACED);
            assertWaits(fourth, 2);
            assertWaits(fifth, 2);
            assertLedger(5, 1, 2, 2, 0);
        }

        @Test
        void aQueueShorterThanThePlacesBoundsTheNewcomers() {
            admission = new Admission(SMALL.maxQueued(1), WhenFull.REPLACE);
            admission.offer(A);
            admission.offer(A);
            var third = admission.offer(A);

            assertWaits(admission.offer(A), 1);
            assertRefused(third, RefuseReason.REPLACED);
        }
    }

    @Nested
    class Shutting {

        @Test
        void everybodyWhoWaitsOrComesIsRefusedWithTheFirstReason() {
            var served = admission.offer(A);
            admission.offer(A);
            var third = admission.offer(A);
            var fourth = admission.offer(A);

            admission.shut(RefuseReason.DRAINING);
            admission.shut(RefuseReason.CLOSED);

            assertRefused(third, RefuseReason.DRAINING);
            assertRefused(fourth, RefuseReason.DRAINING);
            assertRefused(admission.offer(A), RefuseReason.DRAINING);
            assertServed(served);
            assertLedger(5, 3, 0, 2, 0);
        }

        @Test
        void aPlaceGivenBackThenStaysEmpty() {
            var served = admission.offer(A);
            admission.shut(RefuseReason.CLOSED);

            admission.release(served, CloseReason.SERVER_CLOSED);

            assertRefused(admission.offer(A), RefuseReason.CLOSED);
            assertLedger(2, 1, 0, 0, 1);
        }
    }

    @Nested
    class TheLadder {

        private void limit(Limits limits) {
            admission.limits(limits);
            assertThat(admission.limits()).isEqualTo(limits);
        }

        @Test
        void theListsComeFirst() {
            limit(Limits.DEFAULT.deny(Cidr.of("192.0.2.2")).allow(Cidr.of("192.0.2.0/24")).maxPerIp(1));

            assertServed(admission.offer(A));
            assertRefused(admission.offer(A), RefuseReason.PER_IP);
            assertRefused(admission.offer(B), RefuseReason.DENIED);
            assertRefused(admission.offer(ELSEWHERE), RefuseReason.NOT_ALLOWED);
        }

        @Test
        void aSourceAndASubnetHaveAsManyAsTheyMay() {
            limit(Limits.DEFAULT.maxPerIp(2).maxPerSubnet(3));
            assertServed(admission.offer(A));
            var second = admission.offer(A);
            assertServed(second);
            assertRefused(admission.offer(A), RefuseReason.PER_IP);
            assertServed(admission.offer(B));
            assertRefused(admission.offer(B), RefuseReason.PER_SUBNET);
            assertServed(admission.offer(ELSEWHERE));

            admission.release(second, CloseReason.COMPLETED);

            assertServed(admission.offer(B));
            assertRefused(admission.offer(A), RefuseReason.PER_SUBNET);
        }

        @Test
        void whoWaitsCountsForItsSourceUntilItLeavesOrIsReplaced() {
            admission = new Admission(Limits.DEFAULT.maxConnections(1).maxPerIp(1), WhenFull.REPLACE);
            admission.offer(ELSEWHERE);
            var a = admission.offer(A);
            assertRefused(admission.offer(A), RefuseReason.PER_IP);

            assertWaits(admission.offer(B), 1);
            assertRefused(a, RefuseReason.REPLACED);
            var again = admission.offer(A);
            assertWaits(again, 1);
            admission.leave(again, RefuseReason.LEFT);

            assertWaits(admission.offer(A), 1);
        }

        @Test
        void whoConnectsTooOftenIsRefusedAndTheRefusalCostsNoPlace() {
            var second = withinASecond(() -> {
                admission = new Admission(Limits.DEFAULT.maxConnectRate(1), WhenFull.WAIT);
                assertServed(admission.offer(A));
                return admission.offer(A);
            });

            assertRefused(second, RefuseReason.CONNECT_RATE);
            assertServed(admission.offer(B));
            assertLedger(3, 1, 0, 2, 0);
        }

        @Test
        void aRateThatIsSwitchedOffForgetsWhoCame() {
            limit(Limits.DEFAULT.maxConnectRate(1));
            admission.offer(A);
            limit(Limits.DEFAULT);
            limit(Limits.DEFAULT.maxConnectRate(1));

            assertServed(admission.offer(A));
        }

        @Test
        void otherLimitsKnowWhoCame() {
            var second = withinASecond(() -> {
                admission = new Admission(Limits.DEFAULT.maxConnectRate(1), WhenFull.WAIT);
                admission.offer(A);
                limit(Limits.DEFAULT.maxConnectRate(1).maxPerIp(5));
                return admission.offer(A);
            });

            assertRefused(second, RefuseReason.CONNECT_RATE);
        }

        /** The ticket that was drawn while the connect before it was remembered: on a busy machine that may take some tries. */
        private static Ticket withinASecond(Supplier<Ticket> drawn) {
            while (true) {
                long start = System.nanoTime();
                var ticket = drawn.get();
                if (System.nanoTime() - start < Duration.ofMillis(900).toNanos()) {
                    return ticket;
                }
            }
        }

        @Test
        void subnetsOfOtherBitsCountWhoIsHere() {
            admission.offer(A);
            limit(SMALL.maxPerSubnet(1).subnetBits(31, 48));
            assertServed(admission.offer(B));

            limit(SMALL.maxPerSubnet(2).subnetBits(24, 48));
            assertRefused(admission.offer(B), RefuseReason.PER_SUBNET);
        }

        @Test
        void subnetsOfOtherBitsCountWhoIsHereOverIpv6() {
            var here = InetAddress.ofLiteral("2001:db8:0:1::1");
            var near = InetAddress.ofLiteral("2001:db8:0:2::1");
            limit(SMALL.maxPerSubnet(1).subnetBits(24, 64));
            assertServed(admission.offer(here));
            assertServed(admission.offer(near));

            limit(SMALL.maxPerSubnet(2).subnetBits(24, 48));
            assertRefused(admission.offer(near), RefuseReason.PER_SUBNET);
        }
    }

    @Nested
    class ChangedWhileServing {

        @Test
        void morePlacesGoToThoseWhoWaitAsFarAsTheyReach() {
            admission.offer(A);
            admission.offer(A);
            var third = admission.offer(A);
            var fourth = admission.offer(A);

            admission.limits(SMALL.maxConnections(3));

            assertServed(third);
            assertWaits(fourth, 2);
            assertLedger(4, 0, 1, 3, 0);
        }

        @Test
        void withFewerPlacesNobodyEntersBeforeThereIsRoom() {
            var first = admission.offer(A);
            var second = admission.offer(A);
            var third = admission.offer(A);
            admission.limits(SMALL.maxConnections(1));

            admission.release(first, CloseReason.COMPLETED);
            assertWaits(third, 1);
            admission.release(second, CloseReason.COMPLETED);

            assertServed(third);
            assertLedger(3, 0, 0, 1, 2);
        }
    }
}
