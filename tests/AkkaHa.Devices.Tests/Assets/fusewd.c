/* A FUSE file that behaves like a Linux watchdog device.
 *
 * usage: fusewd MOUNTPOINT COMMAND
 * MOUNTPOINT/watchdog is the device; COMMAND runs when it expires. Opening arms it, a write or KEEPALIVE feeds it,
 * a close after 'V' disarms it, any other close leaves it running.
 * MOUNTPOINT/state tells "armed N", "disarmed N" or "fired N": N is how often it was fed. */
#define FUSE_USE_VERSION 31
#include <errno.h>
#include <fuse.h>
#include <linux/watchdog.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int armed, fired, opened, magic, timeout = 60;
static double last;
static long feeds;
static const char *command;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static int is_device(const char *path) { return !strcmp(path, "/watchdog"); }

static int is_state(const char *path) { return !strcmp(path, "/state"); }

static int do_getattr(const char *path, struct stat *st, struct fuse_file_info *fi)
{
    memset(st, 0, sizeof *st);
    st->st_nlink = 1;
    st->st_mode = is_device(path) ? 0100600 : is_state(path) ? 0100400 : 040755;
    return is_device(path) || is_state(path) || !strcmp(path, "/") ? 0 : -ENOENT;
}

static int do_open(const char *path, struct fuse_file_info *fi)
{
    int result = 0;
    fi->direct_io = 1;
    fi->nonseekable = 1;
    if (is_state(path))
        return 0;
    if (!is_device(path))
        return -ENOENT;
    pthread_mutex_lock(&lock);
    if (opened)
        result = -EBUSY;
    else {
        opened = armed = 1;
        magic = 0;
        last = now();
    }
    pthread_mutex_unlock(&lock);
    return result;
}

static int do_read(const char *path, char *bytes, size_t count, off_t offset, struct fuse_file_info *fi)
{
    char text[64];
    int length;
    if (!is_state(path))
        return -EINVAL;
    pthread_mutex_lock(&lock);
    length = snprintf(text, sizeof text, "%s %ld\n", fired ? "fired" : armed ? "armed" : "disarmed", feeds);
    pthread_mutex_unlock(&lock);
    if (offset >= length)
        return 0;
    if (count > (size_t)(length - offset))
        count = length - offset;
    memcpy(bytes, text + offset, count);
    return count;
}

static int do_write(const char *path, const char *bytes, size_t count, off_t offset, struct fuse_file_info *fi)
{
    pthread_mutex_lock(&lock);
    magic = memchr(bytes, 'V', count) != NULL;
    last = now();
    feeds++;
    pthread_mutex_unlock(&lock);
    return count;
}

static int do_release(const char *path, struct fuse_file_info *fi)
{
    if (is_state(path))
        return 0;
    pthread_mutex_lock(&lock);
    opened = 0;
    if (magic)
        armed = 0;
    pthread_mutex_unlock(&lock);
    return 0;
}

static int do_ioctl(const char *path, unsigned int request, void *arg, struct fuse_file_info *fi, unsigned int flags, void *data)
{
    int result = 0;
    pthread_mutex_lock(&lock);
    switch (request) {
    case WDIOC_GETSUPPORT: {
        struct watchdog_info info = {WDIOF_SETTIMEOUT | WDIOF_MAGICCLOSE | WDIOF_KEEPALIVEPING, 0, "FUSE emulated"};
        memcpy(data, &info, sizeof info);
        break;
    }
    case WDIOC_KEEPALIVE:
        last = now();
        feeds++;
        break;
    case WDIOC_SETTIMEOUT:
        if (*(int *)data < 1)
            result = -EINVAL;
        else {
            /* like hardware that knows no more than 30 s */
            timeout = *(int *)data > 30 ? 30 : *(int *)data;
            last = now();
        }
        break;
    case WDIOC_GETTIMEOUT:
        *(int *)data = timeout;
        break;
    default:
        result = -ENOTTY;
    }
    pthread_mutex_unlock(&lock);
    return result;
}

static int do_truncate(const char *path, off_t size, struct fuse_file_info *fi) { return 0; }

static void *tick(void *unused)
{
    for (;;) {
        struct timespec pause = {0, 20000000};
        int expired = 0;
        nanosleep(&pause, NULL);
        pthread_mutex_lock(&lock);
        if (armed && now() - last > timeout) {
            armed = 0;
            fired = expired = 1;
        }
        pthread_mutex_unlock(&lock);
        if (expired && system(command) != 0)
            abort();
    }
    return unused;
}

static void *do_init(struct fuse_conn_info *connection, struct fuse_config *config)
{
    pthread_t thread;
    pthread_create(&thread, NULL, tick, NULL);
    return NULL;
}

static const struct fuse_operations operations = {
    .init = do_init, .getattr = do_getattr, .open = do_open, .read = do_read, .write = do_write,
    .release = do_release, .ioctl = do_ioctl, .truncate = do_truncate,
};

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    command = argv[2];
    char *arguments[] = {argv[0], "-f", argv[1], NULL};
    return fuse_main(3, arguments, &operations, NULL);
}
