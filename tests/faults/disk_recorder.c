/* Records what a process does to the files of one folder, in order, so that a test can make from the record what a disk
 * would hold after a power cut: see power_cut.py. Loaded with LD_PRELOAD; RECORD_FOLDER is watched, RECORD_LOG written.
 *
 * A record: operation (1 byte), three lengths (8 bytes each: path, a number, content), path, content. It is written by
 * one writev to a file that only grows, before the write or the change of a name and after the fsync, so that the order
 * is one in which it can have happened, in all processes together. Nothing is really synced: the record is the disk.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

static int record_fd = -1;
static char folder[PATH_MAX];
static size_t folder_length;

__attribute__((constructor)) static void begin(void) {
    const char *watched = getenv("RECORD_FOLDER"), *log = getenv("RECORD_LOG");
    if (record_fd >= 0 || !watched || !log || !realpath(watched, folder)) return;
    folder_length = strlen(folder);
    REAL(int, open, const char *, int, ...);
    int fd = real(log, O_WRONLY | O_APPEND | O_CLOEXEC);
    if (fd < 0) abort();
    record_fd = fcntl(fd, F_DUPFD_CLOEXEC, 900);
    if (record_fd < 0) record_fd = fd;
}

static int watched(const char *path) {
    return record_fd >= 0 && !strncmp(path, folder, folder_length) && path[folder_length] == '/';
}

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return (watched(path) || !strcmp(path, folder)) && !strstr(path, " (deleted)");
}

/* The path that a name will have, of which the last part need not exist. */
static int path_at(int at, const char *name, char *path) {
    char whole[PATH_MAX], *last;
    if (record_fd < 0) return 0;
    if (name[0] == '/') snprintf(whole, sizeof whole, "%s", name);
    else if (at == AT_FDCWD) {
        char here[PATH_MAX];
        if (!getcwd(here, sizeof here) || snprintf(whole, sizeof whole, "%s/%s", here, name) >= PATH_MAX) return 0;
    } else {
        char here[PATH_MAX], link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", at);
        ssize_t length = readlink(link, here, sizeof here - 1);
        if (length < 0) return 0;
        here[length] = 0;
        if (snprintf(whole, sizeof whole, "%s/%s", here, name) >= PATH_MAX) return 0;
    }
    last = strrchr(whole, '/');
    if (!last || last == whole) return 0;
    *last = 0;
    if (!realpath(whole, path)) return 0;
    size_t length = strlen(path);
    if (length + strlen(last + 1) + 2 > PATH_MAX) return 0;
    path[length] = '/';
    strcpy(path + length + 1, last + 1);
    return watched(path);
}

static void record(char operation, const char *path, uint64_t number, const struct iovec *content, int parts) {
    int before = errno;
    struct iovec all[1002];
    uint64_t length = 0;
    char head[25];
    if (parts > 1000) abort();
    for (int part = 0; part < parts; part++) length += content[part].iov_len;
    uint64_t numbers[3] = {strlen(path) - folder_length, number, length};
    head[0] = operation;
    memcpy(head + 1, numbers, sizeof numbers);
    all[0] = (struct iovec){head, sizeof head};
    all[1] = (struct iovec){(void *)(path + folder_length), numbers[0]};
    for (int part = 0; part < parts; part++) all[2 + part] = content[part];
    REAL(ssize_t, writev, int, const struct iovec *, int);
    ssize_t wanted = sizeof head + numbers[0] + length;
    if (real(record_fd, all, parts + 2) != wanted) abort();
    errno = before;
}

static void note(int fd, uint64_t offset, const struct iovec *content, int parts) {
    char path[PATH_MAX];
    if (record_fd >= 0 && fd != record_fd && path_of(fd, path)) record('W', path, offset, content, parts);
}

static uint64_t here(int fd) {
    int flags = fcntl(fd, F_GETFL);
    struct stat status;
    if (flags >= 0 && flags & O_APPEND) return fstat(fd, &status) ? 0 : (uint64_t)status.st_size;
    off_t at = lseek(fd, 0, SEEK_CUR);
    return at < 0 ? 0 : (uint64_t)at;
}

static int opening(int at, const char *name, int flags) {
    char path[PATH_MAX];
    struct stat status;
    if (!(flags & (O_CREAT | O_TRUNC)) || !path_at(at, name, path)) return 0;
    if (lstat(path, &status)) {
        if (flags & O_CREAT) record('C', path, 0, NULL, 0);
    } else if (flags & O_TRUNC) record('T', path, 0, NULL, 0);
    return 0;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; \
        va_end(more); \
        REAL(int, name, const char *, int, ...); \
        opening(AT_FDCWD, path, flags); \
        return real(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
    int name(int at, const char *path, int flags, ...) { \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; \
        va_end(more); \
        REAL(int, name, int, const char *, int, ...); \
        opening(at, path, flags); \
        return real(at, path, flags, mode); \
    }
OPENAT(openat)
OPENAT(openat64)

#define FOPEN(name) \
    FILE *name(const char *path, const char *mode) { \
        REAL(FILE *, name, const char *, const char *); \
        if (mode[0] == 'w') opening(AT_FDCWD, path, O_CREAT | O_TRUNC); \
        if (mode[0] == 'a') opening(AT_FDCWD, path, O_CREAT); \
        FILE *file = real(path, mode); \
        char found[PATH_MAX]; \
        if (file && mode[0] != 'r' && path_of(fileno(file), found)) setvbuf(file, NULL, _IONBF, 0); \
        return file; \
    }
FOPEN(fopen)
FOPEN(fopen64)

size_t fwrite(const void *content, size_t size, size_t count, FILE *file) {
    REAL(size_t, fwrite, const void *, size_t, size_t, FILE *);
    struct iovec one = {(void *)content, size * count};
    if (record_fd >= 0) note(fileno(file), here(fileno(file)), &one, 1);
    return real(content, size, count, file);
}

ssize_t write(int fd, const void *content, size_t size) {
    REAL(ssize_t, write, int, const void *, size_t);
    struct iovec one = {(void *)content, size};
    if (record_fd >= 0) note(fd, here(fd), &one, 1);
    return real(fd, content, size);
}

ssize_t writev(int fd, const struct iovec *content, int parts) {
    REAL(ssize_t, writev, int, const struct iovec *, int);
    if (record_fd >= 0) note(fd, here(fd), content, parts);
    return real(fd, content, parts);
}

#define PWRITE(name) \
    ssize_t name(int fd, const void *content, size_t size, off_t offset) { \
        REAL(ssize_t, name, int, const void *, size_t, off_t); \
        struct iovec one = {(void *)content, size}; \
        note(fd, offset, &one, 1); \
        return real(fd, content, size, offset); \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

#define PWRITEV(name) \
    ssize_t name(int fd, const struct iovec *content, int parts, off_t offset) { \
        REAL(ssize_t, name, int, const struct iovec *, int, off_t); \
        note(fd, offset, content, parts); \
        return real(fd, content, parts, offset); \
    }
PWRITEV(pwritev)
PWRITEV(pwritev64)

#define TRUNCATE(name) \
    int name(int fd, off_t length) { \
        REAL(int, name, int, off_t); \
        char path[PATH_MAX]; \
        if (record_fd >= 0 && path_of(fd, path)) record('T', path, length, NULL, 0); \
        return real(fd, length); \
    }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

#define ALLOCATE(name) \
    int name(int fd, off_t offset, off_t length) { \
        REAL(int, name, int, off_t, off_t); \
        char path[PATH_MAX]; \
        if (record_fd >= 0 && path_of(fd, path)) record('A', path, offset + length, NULL, 0); \
        return real(fd, offset, length); \
    }
ALLOCATE(posix_fallocate)
ALLOCATE(posix_fallocate64)

#define SYNC(name) \
    int name(int fd) { \
        REAL(int, name, int); \
        char path[PATH_MAX]; \
        if (record_fd < 0 || !path_of(fd, path)) return real(fd); \
        record('S', path, 0, NULL, 0); \
        return 0; \
    }
SYNC(fsync)
SYNC(fdatasync)

static void renaming(int old_at, const char *old, int new_at, const char *new) {
    char from[PATH_MAX], to[PATH_MAX];
    if (!path_at(new_at, new, to)) return;
    struct iovec there = {to + folder_length, strlen(to) - folder_length};
    if (path_at(old_at, old, from)) record('R', from, 0, &there, 1);
    else abort(); /* what comes from outside is not in the record */
}

int rename(const char *old, const char *new) {
    REAL(int, rename, const char *, const char *);
    renaming(AT_FDCWD, old, AT_FDCWD, new);
    return real(old, new);
}

int renameat(int old_at, const char *old, int new_at, const char *new) {
    REAL(int, renameat, int, const char *, int, const char *);
    renaming(old_at, old, new_at, new);
    return real(old_at, old, new_at, new);
}

int renameat2(int old_at, const char *old, int new_at, const char *new, unsigned flags) {
    REAL(int, renameat2, int, const char *, int, const char *, unsigned);
    renaming(old_at, old, new_at, new);
    return real(old_at, old, new_at, new, flags);
}

static void linking(int old_at, const char *old, int new_at, const char *new) {
    char from[PATH_MAX], to[PATH_MAX];
    if (!path_at(new_at, new, to) || !path_at(old_at, old, from)) return;
    struct iovec there = {to + folder_length, strlen(to) - folder_length};
    record('L', from, 0, &there, 1);
}

int link(const char *old, const char *new) {
    REAL(int, link, const char *, const char *);
    linking(AT_FDCWD, old, AT_FDCWD, new);
    return real(old, new);
}

int linkat(int old_at, const char *old, int new_at, const char *new, int flags) {
    REAL(int, linkat, int, const char *, int, const char *, int);
    linking(old_at, old, new_at, new);
    return real(old_at, old, new_at, new, flags);
}

static void removing(int at, const char *name) {
    char path[PATH_MAX];
    struct stat status;
    if (path_at(at, name, path) && !lstat(path, &status)) record('U', path, 0, NULL, 0);
}

int unlink(const char *path) {
    REAL(int, unlink, const char *);
    removing(AT_FDCWD, path);
    return real(path);
}

int unlinkat(int at, const char *path, int flags) {
    REAL(int, unlinkat, int, const char *, int);
    removing(at, path);
    return real(at, path, flags);
}

int remove(const char *path) {
    REAL(int, remove, const char *);
    removing(AT_FDCWD, path);
    return real(path);
}

int rmdir(const char *path) {
    REAL(int, rmdir, const char *);
    removing(AT_FDCWD, path);
    return real(path);
}

int mkdir(const char *path, mode_t mode) {
    REAL(int, mkdir, const char *, mode_t);
    char found[PATH_MAX];
    struct stat status;
    if (path_at(AT_FDCWD, path, found) && lstat(found, &status)) record('M', found, 0, NULL, 0);
    return real(path, mode);
}
