/* Notes all that a program changes under one folder, in the order in which it happens.
 *
 * Built as a shared library and loaded before the C library (LD_PRELOAD). What is noted goes to
 * the end of a journal: one record for each write, change of length, new or removed name, and for
 * each sync. benchmarks/faults_power.py makes of it what a disk could hold after a loss of power.
 *
 *   POWER_ROOT     the folder, without a slash at its end
 *   POWER_JOURNAL  the journal, which must lie elsewhere
 *
 * A record is the struct below, then the name, the other name, and the data. Files are told apart
 * by their inodes. What is written through a mapping into memory is not seen: SQLite's -shm alone is
 * written so, and it need not outlive anything.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))real(#name))

struct record {
  uint8_t kind; /* W write, T length, C new file, M new folder, U name gone, R renamed, L link, S sync */
  uint8_t folder;
  uint16_t name, other; /* lengths */
  uint32_t size;        /* of the data */
  uint64_t inode, offset;
  int64_t modified;     /* nanoseconds */
} __attribute__((packed));

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *real(const char *name) {
  return dlsym(RTLD_NEXT, name);
}

static const char *root(void) { return getenv("POWER_ROOT"); }

/* Return whether a path lies under the folder. */
static int inside(const char *path) {
  const char *top = root();
  size_t length = top ? strlen(top) : 0;
  return length && !strncmp(path, top, length) && (path[length] == '/' || !path[length]);
}

/* Return whether an open file lies under the folder; its path is put where one is asked for. */
static int watched(int fd, char path[PATH_MAX]) {
  char link[64];
  if (!root()) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return inside(path);
}

/* Make a path absolute; its last part may be a name that is gone. */
static int absolute(int at, const char *name, char path[PATH_MAX]) {
  char base[PATH_MAX] = "", link[64];
  if (!root()) return 0;
  if (*name != '/') {
    ssize_t length;
    if (at == AT_FDCWD) {
      if (!getcwd(base, sizeof base)) return 0;
    } else {
      snprintf(link, sizeof link, "/proc/self/fd/%d", at);
      if ((length = readlink(link, base, sizeof base - 1)) < 0) return 0;
      base[length] = 0;
    }
  }
  return snprintf(path, PATH_MAX, "%s%s%s", base, *base ? "/" : "", name) < PATH_MAX && inside(path);
}

static void put(struct record record, const char *name, const char *other, const struct iovec *data,
                int count) {
  static __thread int busy;
  struct iovec parts[64 + 3];
  int at = 3, fd;
  if (busy || count > 64) abort();
  busy = 1;
  size_t left = record.size;
  record.name = name ? strlen(name) : 0;
  record.other = other ? strlen(other) : 0;
  parts[0] = (struct iovec){&record, sizeof record};
  parts[1] = (struct iovec){(void *)name, record.name};
  parts[2] = (struct iovec){(void *)other, record.other};
  for (int n = 0; n < count && left; n++) {
    parts[at] = data[n];
    if (parts[at].iov_len > left) parts[at].iov_len = left;
    left -= parts[at++].iov_len;
  }
  fd = REAL(open)(getenv("POWER_JOURNAL"), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0 || REAL(writev)(fd, parts, at) < (ssize_t)(sizeof record)) abort();
  REAL(close)(fd);
  busy = 0;
}

/* Files that were made last: some programs rename them without the C library. */
static struct made { char path[PATH_MAX]; uint64_t inode; } made[32];

static void look(void) {
  char other[PATH_MAX], where[PATH_MAX];
  struct stat facts;
  struct dirent *entry;
  for (struct made *file = made; file < made + 32; file++) {
    if (!*file->path || !lstat(file->path, &facts)) continue;
    strcpy(where, file->path);
    *strrchr(where, '/') = 0;
    DIR *folder = opendir(where);
    *other = 0;
    while (folder && (entry = readdir(folder)))
      if (entry->d_ino == file->inode && snprintf(other, PATH_MAX, "%s/%s", where, entry->d_name) < PATH_MAX)
        break;
    if (folder) closedir(folder);
    put((struct record){.kind = *other ? 'R' : 'U'}, file->path, *other ? other : NULL, NULL, 0);
    *file->path = 0;
  }
}

static void note(struct record record, const char *name, const char *other, const struct iovec *data,
                 int count) {
  static int next;
  for (struct made *file = made; file < made + 32; file++)
    if (name && record.kind != 'C' && !strcmp(file->path, name)) *file->path = 0;
  look();
  put(record, name, other, data, count);
  if (record.kind == 'C') {
    snprintf(made[next].path, PATH_MAX, "%s", name);
    made[next].inode = record.inode;
    next = (next + 1) % 32;
  }
}

static struct record of(uint8_t kind, int fd) {
  struct stat facts;
  struct record record = {.kind = kind};
  if (!fstat(fd, &facts)) {
    record.inode = facts.st_ino;
    record.folder = S_ISDIR(facts.st_mode);
    record.modified = facts.st_mtim.tv_sec * 1000000000LL + facts.st_mtim.tv_nsec;
  }
  return record;
}

static void wrote(int fd, const struct iovec *data, int count, ssize_t size, off_t offset) {
  struct record record = of('W', fd);
  record.size = size;
  record.offset = offset;
  note(record, NULL, NULL, data, count);
}

#define WRITING(type, name, parameters, call, data, count, after)                                    \
  type name parameters {                                                                             \
    char path[PATH_MAX];                                                                             \
    int is_watched = watched(fd, path), kept;                                                        \
    if (!is_watched) return call;                                                                    \
    pthread_mutex_lock(&lock);                                                                       \
    type done = call;                                                                                \
    kept = errno;                                                                                    \
    if (done > 0) wrote(fd, data, count, done, after);                                               \
    pthread_mutex_unlock(&lock);                                                                     \
    errno = kept;                                                                                    \
    return done;                                                                                     \
  }

#define ONE (&(struct iovec){(void *)from, size})
#define HERE (lseek(fd, 0, SEEK_CUR) - done)
WRITING(ssize_t, write, (int fd, const void *from, size_t size), REAL(write)(fd, from, size), ONE, 1, HERE)
WRITING(ssize_t, writev, (int fd, const struct iovec *parts, int count), REAL(writev)(fd, parts, count),
        parts, count, HERE)
WRITING(ssize_t, pwrite, (int fd, const void *from, size_t size, off_t offset),
        REAL(pwrite)(fd, from, size, offset), ONE, 1, offset)
WRITING(ssize_t, pwrite64, (int fd, const void *from, size_t size, off64_t offset),
        REAL(pwrite64)(fd, from, size, offset), ONE, 1, offset)
WRITING(ssize_t, pwritev, (int fd, const struct iovec *parts, int count, off_t offset),
        REAL(pwritev)(fd, parts, count, offset), parts, count, offset)
WRITING(ssize_t, pwritev64, (int fd, const struct iovec *parts, int count, off64_t offset),
        REAL(pwritev64)(fd, parts, count, offset), parts, count, offset)

/* What has no data: a file's length, and syncs. */
#define NOTING(name, parameters, call, letter, at)                                                   \
  int name parameters {                                                                              \
    char path[PATH_MAX];                                                                             \
    int is_watched = watched(fd, path), kept;                                                        \
    if (!is_watched) return call;                                                                    \
    pthread_mutex_lock(&lock);                                                                       \
    int done = call;                                                                                 \
    kept = errno;                                                                                    \
    if (!done) {                                                                                     \
      struct record record = of(letter, fd);                                                         \
      record.offset = at;                                                                            \
      note(record, record.folder ? path : NULL, NULL, NULL, 0);                                      \
    }                                                                                                \
    pthread_mutex_unlock(&lock);                                                                     \
    errno = kept;                                                                                    \
    return done;                                                                                     \
  }

NOTING(fsync, (int fd), REAL(fsync)(fd), 'S', 0)
NOTING(fdatasync, (int fd), REAL(fdatasync)(fd), 'S', 0)
NOTING(ftruncate, (int fd, off_t length), REAL(ftruncate)(fd, length), 'T', length)
NOTING(ftruncate64, (int fd, off64_t length), REAL(ftruncate64)(fd, length), 'T', length)

/* Room that is taken in advance: the file is longer afterwards, or as long as before. */
int posix_fallocate(int fd, off_t offset, off_t length) {
  char path[PATH_MAX];
  int is_watched = watched(fd, path);
  if (!is_watched) return REAL(posix_fallocate)(fd, offset, length);
  return EINVAL; /* whoever asks then writes zeros */
}

static int opened(int at, const char *name, int flags, mode_t mode,
                  int (*open_at)(int, const char *, int, ...)) {
  char path[PATH_MAX];
  struct stat facts;
  int kept;
  if (!(flags & (O_CREAT | O_TRUNC)) || !absolute(at, name, path)) return open_at(at, name, flags, mode);
  pthread_mutex_lock(&lock);
  int was_there = !lstat(path, &facts);
  int fd = open_at(at, name, flags, mode);
  kept = errno;
  if (fd >= 0) {
    struct record record = of(was_there ? 'T' : 'C', fd);
    if (!was_there || ((flags & O_TRUNC) && facts.st_size)) note(record, path, NULL, NULL, 0);
  }
  pthread_mutex_unlock(&lock);
  errno = kept;
  return fd;
}

#define MODE                                                                                         \
  mode_t mode = 0;                                                                                   \
  if (flags & (O_CREAT | __O_TMPFILE)) {                                                             \
    va_list rest;                                                                                    \
    va_start(rest, flags);                                                                           \
    mode = va_arg(rest, mode_t);                                                                     \
    va_end(rest);                                                                                    \
  }
int open(const char *name, int flags, ...) { MODE return opened(AT_FDCWD, name, flags, mode, REAL(openat)); }
int open64(const char *name, int flags, ...) { MODE return opened(AT_FDCWD, name, flags, mode, REAL(openat64)); }
int openat(int at, const char *name, int flags, ...) { MODE return opened(at, name, flags, mode, REAL(openat)); }
int openat64(int at, const char *name, int flags, ...) { MODE return opened(at, name, flags, mode, REAL(openat64)); }
int creat(const char *name, mode_t mode) {
  return opened(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode, REAL(openat));
}

/* Streams are opened and written within the C library: all of them is noted when they are closed. */
static FILE *stream(const char *name, const char *how, FILE *(*open_it)(const char *, const char *)) {
  char path[PATH_MAX];
  struct stat facts;
  if (*how == 'r' || !absolute(AT_FDCWD, name, path)) return open_it(name, how);
  pthread_mutex_lock(&lock);
  int was_there = !lstat(path, &facts);
  FILE *file = open_it(name, how);
  int kept = errno;
  if (file && (!was_there || (*how == 'w' && facts.st_size)))
    note(of(was_there ? 'T' : 'C', fileno(file)), path, NULL, NULL, 0);
  pthread_mutex_unlock(&lock);
  errno = kept;
  return file;
}
FILE *fopen(const char *name, const char *how) { return stream(name, how, REAL(fopen)); }
FILE *fopen64(const char *name, const char *how) { return stream(name, how, REAL(fopen64)); }

int fclose(FILE *file) {
  char path[PATH_MAX];
  static char whole[1 << 20];
  int fd = fileno(file), copy;
  if (!watched(fd, path) || (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY) return REAL(fclose)(file);
  pthread_mutex_lock(&lock);
  int done = REAL(fclose)(file), kept = errno;
  if ((copy = REAL(open)(path, O_RDONLY | O_CLOEXEC)) >= 0) {
    ssize_t size = pread(copy, whole, sizeof whole, 0);
    /* Longer ones are written past the buffer of the stream, by write(). */
    if (size > 0 && size < (ssize_t)sizeof whole)
      wrote(copy, &(struct iovec){whole, size}, 1, size, 0);
    REAL(close)(copy);
  }
  pthread_mutex_unlock(&lock);
  errno = kept;
  return done;
}

/* Names: new folders, names that go, and others that come in their place. */
static int named(uint8_t kind, int at, const char *name, int to, const char *other, int (*act)(void *),
                 void *call) {
  char path[PATH_MAX], second[PATH_MAX];
  int is_watched = absolute(at, name, path);
  if (other) is_watched |= absolute(to, other, second);
  if (!is_watched) return act(call);
  pthread_mutex_lock(&lock);
  int done = act(call), kept = errno;
  if (!done) note((struct record){.kind = kind}, path, other ? second : NULL, NULL, 0);
  pthread_mutex_unlock(&lock);
  errno = kept;
  return done;
}

struct call { int at, to, flags; const char *name, *other; mode_t mode; };
static int do_mkdir(void *p) { struct call *c = p; return REAL(mkdirat)(c->at, c->name, c->mode); }
static int do_unlink(void *p) { struct call *c = p; return REAL(unlinkat)(c->at, c->name, c->flags); }
static int do_rename(void *p) {
  struct call *c = p;
  return REAL(renameat2)(c->at, c->name, c->to, c->other, c->flags);
}
static int do_link(void *p) { struct call *c = p; return REAL(linkat)(c->at, c->name, c->to, c->other, c->flags); }

#define CALL(...) (&(struct call){__VA_ARGS__})
#define FROM .at = AT_FDCWD, .name = name
#define BOTH .at = at, .name = name, .to = to, .other = other
int mkdir(const char *name, mode_t mode) { return named('M', AT_FDCWD, name, 0, NULL, do_mkdir, CALL(FROM, .mode = mode)); }
int mkdirat(int at, const char *name, mode_t mode) { return named('M', at, name, 0, NULL, do_mkdir, CALL(.at = at, .name = name, .mode = mode)); }
int unlink(const char *name) { return named('U', AT_FDCWD, name, 0, NULL, do_unlink, CALL(FROM)); }
int remove(const char *name) {
  struct stat facts;
  int is_folder = !lstat(name, &facts) && S_ISDIR(facts.st_mode);
  return named('U', AT_FDCWD, name, 0, NULL, do_unlink, CALL(FROM, .flags = is_folder ? AT_REMOVEDIR : 0));
}
int rmdir(const char *name) { return named('U', AT_FDCWD, name, 0, NULL, do_unlink, CALL(FROM, .flags = AT_REMOVEDIR)); }
int unlinkat(int at, const char *name, int flags) { return named('U', at, name, 0, NULL, do_unlink, CALL(.at = at, .name = name, .flags = flags)); }
int rename(const char *name, const char *other) { return renameat2(AT_FDCWD, name, AT_FDCWD, other, 0); }
int renameat(int at, const char *name, int to, const char *other) { return renameat2(at, name, to, other, 0); }
int renameat2(int at, const char *name, int to, const char *other, unsigned flags) {
  return named('R', at, name, to, other, do_rename, CALL(BOTH, .flags = flags));
}
int link(const char *name, const char *other) { return linkat(AT_FDCWD, name, AT_FDCWD, other, 0); }
int linkat(int at, const char *name, int to, const char *other, int flags) {
  return named('L', at, name, to, other, do_link, CALL(BOTH, .flags = flags));
}

/* What programs ask of the kernel themselves. */
long syscall(long number, ...) {
  long a[6];
  va_list rest;
  va_start(rest, number);
  for (int n = 0; n < 6; n++) a[n] = va_arg(rest, long);
  va_end(rest);
  if (number == SYS_renameat2) return renameat2(a[0], (void *)a[1], a[2], (void *)a[3], a[4]);
  if (number == SYS_renameat) return renameat2(a[0], (void *)a[1], a[2], (void *)a[3], 0);
  return REAL(syscall)(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
