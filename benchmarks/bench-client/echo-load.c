/*
 * A closed loop of lines against an echo server: one thread, epoll, as little work as can be. What `berth bench` is measured
 * against. It counts answers, compares their bytes, and keeps every latency in a histogram of its own.
 *
 * Usage: echo-load PORT CONNECTIONS DEPTH SIZE WARM_UP_SECONDS SECONDS     prints: messages/s, p50, p99 and max in microseconds
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 256, CHUNK = 64 << 10, VARIANTS = 16, SLOTS = 1 << 20 };

struct client {
    int fd;
    uint64_t sent, answered;
    int at;             /* bytes of the present answer that are here */
    int64_t *sent_at;   /* by the message's number modulo depth */
};

static int depth, wire;
static char *messages[VARIANTS];
static char chunk[CHUNK];
static char *batch;
static int64_t from, until;
static uint32_t slots[SLOTS];       /* latencies by microsecond; the last slot takes the rest */
static uint64_t counted;
static int64_t longest;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static int64_t now_nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void send_messages(struct client *client, int n, int64_t now) {
    int length = 0;
    for (int i = 0; i < n; i++) {
        memcpy(batch + length, messages[client->sent % VARIANTS], wire);
        client->sent_at[client->sent++ % depth] = now;
        length += wire;
    }
    for (char *next = batch; length > 0; ) {
        ssize_t sent = send(client->fd, next, length, MSG_NOSIGNAL);
        if (sent < 0) {
            die("send");
        }
        next += sent;
        length -= sent;
    }
}

static void record(int64_t sent_at, int64_t now) {
    if (sent_at < from) {
        return;
    }
    int64_t latency = now - sent_at;
    int64_t micros = latency / 1000;
    slots[micros < SLOTS ? micros : SLOTS - 1]++;
    counted++;
    longest = latency > longest ? latency : longest;
}

/* Reads what is there, and sends a message for each answer. Returns 0 once the last answer has come. */
static int answer(struct client *client) {
    ssize_t n = recv(client->fd, chunk, sizeof chunk, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
        return 1;
    }
    if (n <= 0) {
        die("closed by the server");
    }
    int64_t now = now_nanos();
    int more = 0;
    for (char *next = chunk; n > 0; ) {
        int length = n < wire - client->at ? n : wire - client->at;
        if (memcmp(next, messages[client->answered % VARIANTS] + client->at, length)) {
            fprintf(stderr, "wrong answer\n");
            exit(1);
        }
        next += length;
        n -= length;
        client->at += length;
        if (client->at == wire) {
            client->at = 0;
            record(client->sent_at[client->answered++ % depth], now);
            more++;
        }
    }
    if (now < until && more > 0) {
        send_messages(client, more, now);
    }
    return client->answered < client->sent;
}

static void dial(struct client *client, int port, int epoll) {
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(port)};
    int yes = 1;
    client->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (client->fd < 0 || connect(client->fd, (struct sockaddr *) &server, sizeof server) < 0) {
        die("connect");
    }
    setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    client->sent_at = calloc(depth, sizeof *client->sent_at);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
    epoll_ctl(epoll, EPOLL_CTL_ADD, client->fd, &event);
}

static double percentile(double share) {
    uint64_t below = 0;
    for (int i = 0; i < SLOTS; i++) {
        below += slots[i];
        if (below >= share * counted) {
            return i;
        }
    }
    return SLOTS;
}

int main(int count, char **words) {
    if (count != 7) {
        fprintf(stderr, "usage: echo-load PORT CONNECTIONS DEPTH SIZE WARM_UP_SECONDS SECONDS\n");
        return 2;
    }
    int connections = atoi(words[2]);
    depth = atoi(words[3]);
    wire = atoi(words[4]) + 1;
    batch = malloc((size_t) depth * wire);
    for (int variant = 0; variant < VARIANTS; variant++) {
        messages[variant] = malloc(wire);
        for (int i = 0; i < wire - 1; i++) {
            messages[variant][i] = 'a' + (variant + i) % 26;
        }
        messages[variant][wire - 1] = '\n';
    }
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    struct client *clients = calloc(connections, sizeof *clients);
    for (int i = 0; i < connections; i++) {
        dial(&clients[i], atoi(words[1]), epoll);
    }
    from = now_nanos() + (int64_t) (atof(words[5]) * 1e9);
    until = from + (int64_t) (atof(words[6]) * 1e9);
    for (int i = 0; i < connections; i++) {
        send_messages(&clients[i], depth, now_nanos());
    }
    for (int open = connections; open > 0; ) {
        struct epoll_event events[EVENTS];
        int ready = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            struct client *client = events[i].data.ptr;
            if (!answer(client)) {
                close(client->fd);
                open--;
            }
        }
    }
    printf("%.0f %.0f %.0f %.0f\n", counted / ((now_nanos() - from) / 1e9), percentile(0.5), percentile(0.99), longest / 1e3);
    return 0;
}
