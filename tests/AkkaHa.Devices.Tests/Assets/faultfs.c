/* A FUSE file system with one file, "disk", that stands for a storage which fails or hangs on command.
 *
 * usage: faultfs MOUNTPOINT BACKING
 * Reads and writes go to BACKING. While BACKING.eio exists they fail with EIO; while BACKING.hang exists they do not return. */
#define FUSE_USE_VERSION 31
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *backing;
static char eio[4096], hang[4096];

static int is_disk(const char *path) { return !strcmp(path, "/disk"); }

static int fault(void)
{
    struct timespec pause = {0, 10000000};
    while (!access(hang, F_OK))
        nanosleep(&pause, NULL);
    return access(eio, F_OK) ? 0 : -EIO;
}

static int do_getattr(const char *path, struct stat *st, struct fuse_file_info *fi)
{
    if (is_disk(path))
        return stat(backing, st) ? -errno : 0;
    memset(st, 0, sizeof *st);
    st->st_nlink = 1;
    st->st_mode = 040755;
    return !strcmp(path, "/") ? 0 : -ENOENT;
}

static int do_open(const char *path, struct fuse_file_info *fi)
{
    if (!is_disk(path))
        return -ENOENT;
    fi->fh = open(backing, O_RDWR);
    fi->direct_io = 1;
    return (int)fi->fh < 0 ? -errno : 0;
}

static int do_read(const char *path, char *bytes, size_t count, off_t offset, struct fuse_file_info *fi)
{
    int result = fault();
    if (result)
        return result;
    result = pread(fi->fh, bytes, count, offset);
    return result < 0 ? -errno : result;
}

static int do_write(const char *path, const char *bytes, size_t count, off_t offset, struct fuse_file_info *fi)
{
    int result = fault();
    if (result)
        return result;
    result = pwrite(fi->fh, bytes, count, offset);
    return result < 0 ? -errno : result;
}

static int do_release(const char *path, struct fuse_file_info *fi) { return close(fi->fh); }

static int do_fsync(const char *path, int datasync, struct fuse_file_info *fi) { return fault(); }

static const struct fuse_operations operations = {
    .getattr = do_getattr, .open = do_open, .read = do_read, .write = do_write, .release = do_release, .fsync = do_fsync,
};

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    backing = argv[2];
    snprintf(eio, sizeof eio, "%s.eio", backing);
    snprintf(hang, sizeof hang, "%s.hang", backing);
    char *arguments[] = {argv[0], "-f", argv[1], NULL};
    return fuse_main(3, arguments, &operations, NULL);
}
