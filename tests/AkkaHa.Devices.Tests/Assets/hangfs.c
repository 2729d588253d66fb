/* A FUSE file system that mirrors a folder and hangs on command, as an NFS mount whose server is gone.
 *
 * usage: hangfs MOUNTPOINT FOLDER. While FOLDER.hang exists no call returns. */
#define FUSE_USE_VERSION 31
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

static char folder[4096], hang[4200];

static int status(int result) { return result < 0 ? -errno : result; }

/* Every call comes through here: the place to hang. */
static const char *real(const char *path, char *buffer, size_t size)
{
    struct timespec pause = {0, 10000000};
    while (!access(hang, F_OK))
        nanosleep(&pause, NULL);
    snprintf(buffer, size, "%s%s", folder, path);
    return buffer;
}
#define REAL(path) real(path, (char[8192]){0}, 8192)

static int do_getattr(const char *path, struct stat *st, struct fuse_file_info *fi) { return status(lstat(REAL(path), st)); }
static int do_mkdir(const char *path, mode_t mode) { return status(mkdir(REAL(path), mode)); }
static int do_unlink(const char *path) { return status(unlink(REAL(path))); }
static int do_chmod(const char *path, mode_t mode, struct fuse_file_info *fi) { return status(chmod(REAL(path), mode)); }
static int do_truncate(const char *path, off_t size, struct fuse_file_info *fi) { return status(truncate(REAL(path), size)); }
static int do_statfs(const char *path, struct statvfs *st) { return status(statvfs(REAL(path), st)); }

static int do_rename(const char *from, const char *to, unsigned int flags)
{
    return flags ? -EINVAL : status(rename(REAL(from), REAL(to)));
}

static int open_file(const char *path, int flags, mode_t mode, struct fuse_file_info *fi)
{
    int file = open(REAL(path), flags & ~O_DIRECT, mode);
    if (file < 0)
        return -errno;
    fi->fh = file;
    fi->direct_io = 1;
    return 0;
}

static int do_create(const char *path, mode_t mode, struct fuse_file_info *fi) { return open_file(path, fi->flags | O_CREAT, mode, fi); }
static int do_open(const char *path, struct fuse_file_info *fi) { return open_file(path, fi->flags, 0, fi); }

static int do_read(const char *path, char *bytes, size_t count, off_t offset, struct fuse_file_info *fi)
{
    REAL(path);
    return status(pread(fi->fh, bytes, count, offset));
}

static int do_write(const char *path, const char *bytes, size_t count, off_t offset, struct fuse_file_info *fi)
{
    REAL(path);
    return status(pwrite(fi->fh, bytes, count, offset));
}

static int do_fsync(const char *path, int datasync, struct fuse_file_info *fi)
{
    REAL(path);
    return status(fsync(fi->fh));
}

static int do_fsyncdir(const char *path, int datasync, struct fuse_file_info *fi)
{
    REAL(path);
    return 0;
}

static int do_release(const char *path, struct fuse_file_info *fi) { return status(close(fi->fh)); }

static const struct fuse_operations operations = {
    .getattr = do_getattr, .mkdir = do_mkdir, .unlink = do_unlink, .chmod = do_chmod, .truncate = do_truncate, .statfs = do_statfs,
    .rename = do_rename, .create = do_create, .open = do_open, .read = do_read, .write = do_write, .fsync = do_fsync,
    .fsyncdir = do_fsyncdir, .release = do_release,
};

int main(int argc, char **argv)
{
    if (argc != 3 || !realpath(argv[2], folder))
        return 2;
    snprintf(hang, sizeof hang, "%s.hang", folder);
    char *arguments[] = {argv[0], "-f", argv[1], NULL};
    return fuse_main(3, arguments, &operations, NULL);
}
