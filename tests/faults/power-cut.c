/*
 * Preloaded into a process, this keeps beside one folder (POWER_DISK) a second one (POWER_PLATTER) that holds what
 * would be left if the power went now: bytes reach the platter when their file is fsynced and not before, and names
 * when their file or the folder is. Linux and glibc on 64 bits only; it knows the calls that SQLite and Node import.
 * With POWER_CUT_AT=n the process kills itself at its nth fsync of a file: before it, half-way through it (every other
 * piece is kept) or after it, as POWER_CUT_WHEN says. Files ending in -shm are left out: SQLite maps them into memory and makes them anew.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_FDS = 4096, MOST_FILES = 8192, MOST_PENDING = 256 };

struct file {
  ino_t inode;
  /* Made since the power came on, so that nothing an earlier file of its name left on the platter is its own. */
  int fresh;
  /* What was written since the last fsync lies between these. */
  off_t start, end;
};

static const char *disk, *platter;
/* A disk that says it has written and has not: for showing that the trial would notice. */
static int forgets;
static long cut_at;
static char cut_when;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct file *files[MOST_FILES];
static int known;
static struct file folder, *byFd[MOST_FDS];
/* Renames and removals (to[0] == 0) that no fsync has covered yet. */
static struct { char from[NAME_MAX + 1], to[NAME_MAX + 1]; } pending[MOST_PENDING];
static int waiting;

static void give_up(const char *why) {
  fprintf(stderr, "power-cut: %s\n", why);
  abort();
}

static int (*real_open)(const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static int (*real_ftruncate)(int, off64_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_rename)(const char *, const char *);
static int (*real_unlink)(const char *);

#define FIND(real, name) *(void **)&real = dlsym(RTLD_NEXT, name)

__attribute__((constructor)) static void begin(void) {
  FIND(real_open, "open64");
  FIND(real_close, "close");
  FIND(real_write, "write");
  FIND(real_pwrite, "pwrite64");
  FIND(real_ftruncate, "ftruncate64");
  FIND(real_fsync, "fsync");
  FIND(real_fdatasync, "fdatasync");
  FIND(real_rename, "rename");
  FIND(real_unlink, "unlink");
  disk = getenv("POWER_DISK");
  platter = getenv("POWER_PLATTER");
  forgets = getenv("POWER_FORGETS") != NULL;
  if (getenv("POWER_CUT_AT")) cut_at = atol(getenv("POWER_CUT_AT"));
  if (getenv("POWER_CUT_WHEN")) cut_when = *getenv("POWER_CUT_WHEN");
}

/* The name within the folder that is watched, "" for the folder itself, NULL for everything else. */
static const char *name_in_disk(const char *path) {
  if (!disk || !platter) return NULL;
  size_t length = strlen(disk);
  if (strncmp(path, disk, length) != 0) return NULL;
  if (path[length] == 0) return "";
  if (path[length] != '/') return NULL;
  const char *name = path + length + 1;
  size_t end = strlen(name);
  if (strchr(name, '/') || end > NAME_MAX || strstr(name, " (deleted)")) return NULL;
  return end > 4 && strcmp(name + end - 4, "-shm") == 0 ? NULL : name;
}

static const char *name_of_fd(int fd, char path[PATH_MAX]) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  path[length < 0 ? 0 : length] = 0;
  return name_in_disk(path);
}

static void on_platter(char path[PATH_MAX], const char *name) {
  if (snprintf(path, PATH_MAX, "%s/%s", platter, name) >= PATH_MAX) give_up("the path is too long");
}

static struct file *file_of(ino_t inode, int isNew) {
  struct file *file = NULL;
  for (int i = 0; i < known && !file; i++)
    if (files[i]->inode == inode) file = files[i];
  if (!file) {
    if (known == MOST_FILES) give_up("too many files");
    file = files[known++] = calloc(1, sizeof *file);
    file->inode = inode;
  }
  if (isNew) *file = (struct file){ .inode = inode, .fresh = 1 };
  return file;
}

static void mark(int fd, off_t start, off_t end) {
  if (fd < 0 || fd >= MOST_FDS || !byFd[fd] || end <= start) return;
  pthread_mutex_lock(&lock);
  struct file *file = byFd[fd];
  if (file->end == 0 || start < file->start) file->start = start;
  if (end > file->end) file->end = end;
  pthread_mutex_unlock(&lock);
}

static void settle_names(void) {
  char from[PATH_MAX], to[PATH_MAX];
  for (int i = 0; i < waiting; i++) {
    on_platter(from, pending[i].from);
    if (pending[i].to[0] == 0) {
      real_unlink(from);
      continue;
    }
    on_platter(to, pending[i].to);
    if (real_rename(from, to) != 0) {
      /* The name is durable and the bytes are not: an empty file. */
      int fd = real_open(to, O_CLOEXEC | O_WRONLY | O_CREAT | O_TRUNC, 0600);
      if (fd >= 0) real_close(fd);
    }
  }
  waiting = 0;
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

static void keep_file(int fd, struct file *file, const char *name) {
  int is_last = cut_at > 0 && --cut_at == 0, piece = 0;
  if (is_last && cut_when == 'b') die();
  char path[PATH_MAX], link[64], bytes[4096];
  int is_party = 0;
  for (int i = 0; i < waiting; i++) is_party |= !strcmp(pending[i].from, name) || !strcmp(pending[i].to, name);
  if (is_party) settle_names();
  struct stat now;
  if (fstat(fd, &now) != 0) give_up("fstat");
  int in = fd;
  /* Only where it must be: closing a second descriptor would drop the locks that SQLite holds on the file. */
  if ((fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY) {
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    in = real_open(link, O_CLOEXEC | O_RDONLY);
  }
  on_platter(path, name);
  int out = real_open(path, O_CLOEXEC | O_WRONLY | O_CREAT | (file->fresh ? O_TRUNC : 0), 0600);
  if (in < 0 || out < 0) give_up("the platter cannot be written");
  for (off_t at = file->start; at < file->end; at += sizeof bytes) {
    ssize_t got = pread(in, bytes, sizeof bytes, at);
    if (got <= 0) break;
    if (is_last && cut_when == 'h' && piece++ % 2) continue;
    if (real_pwrite(out, bytes, (size_t)got, at) != got) give_up("the platter is full");
  }
  if (real_ftruncate(out, now.st_size) != 0) give_up("the platter cannot be cut");
  real_close(out);
  if (in != fd) real_close(in);
  if (is_last) die();
  file->fresh = 0;
  file->start = file->end = 0;
}

static void keep_folder(void) {
  settle_names();
  DIR *entries = opendir(disk);
  char path[PATH_MAX];
  for (struct dirent *entry; entries && (entry = readdir(entries));) {
    snprintf(path, sizeof path, "%s/%s", disk, entry->d_name);
    if (entry->d_type != DT_REG || !name_in_disk(path)) continue;
    on_platter(path, entry->d_name);
    int fd = real_open(path, O_CLOEXEC | O_WRONLY | O_CREAT, 0600);
    if (fd >= 0) real_close(fd);
  }
  if (entries) closedir(entries);
}

static int after_sync(int fd, int result) {
  if (result != 0 || forgets || fd < 0 || fd >= MOST_FDS || !byFd[fd]) return result;
  int kept = errno;
  char path[PATH_MAX];
  pthread_mutex_lock(&lock);
  if (byFd[fd] == &folder) keep_folder();
  else {
    const char *name = name_of_fd(fd, path);
    if (name && *name) keep_file(fd, byFd[fd], name);
  }
  pthread_mutex_unlock(&lock);
  errno = kept;
  return result;
}

static int after_open(int fd, int flags, int existed) {
  if (fd < 0 || !disk) return fd;
  if (fd >= MOST_FDS) give_up("too many descriptors");
  int kept = errno;
  char path[PATH_MAX];
  pthread_mutex_lock(&lock);
  byFd[fd] = NULL;
  const char *name = name_of_fd(fd, path);
  struct stat now;
  if (name && fstat(fd, &now) == 0) {
    if (*name == 0) byFd[fd] = &folder;
    else byFd[fd] = file_of(now.st_ino, !existed || (flags & O_TRUNC));
  }
  pthread_mutex_unlock(&lock);
  errno = kept;
  return fd;
}

int open64(const char *path, int flags, ...) {
  mode_t mode = 0;
  struct stat found;
  if (flags & (O_CREAT | O_TMPFILE)) {
    va_list rest;
    va_start(rest, flags);
    mode = va_arg(rest, mode_t);
    va_end(rest);
  }
  int existed = !(flags & O_CREAT) || stat(path, &found) == 0;
  return after_open(real_open(path, flags, mode), flags, existed);
}

int close(int fd) {
  if (fd >= 0 && fd < MOST_FDS) byFd[fd] = NULL;
  return real_close(fd);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  ssize_t written = real_pwrite(fd, bytes, count, at);
  if (written > 0) mark(fd, at, at + written);
  return written;
}

ssize_t write(int fd, const void *bytes, size_t count) {
  ssize_t written = real_write(fd, bytes, count);
  if (written > 0 && fd < MOST_FDS && byFd[fd]) {
    off_t end = lseek(fd, 0, SEEK_CUR);
    mark(fd, end - written, end);
  }
  return written;
}

int ftruncate64(int fd, off64_t size) {
  struct stat old = { 0 };
  fstat(fd, &old);
  int result = real_ftruncate(fd, size);
  if (result == 0) mark(fd, size < old.st_size ? size : old.st_size, size < old.st_size ? old.st_size : size);
  return result;
}

int fsync(int fd) {
  return after_sync(fd, real_fsync(fd));
}

int fdatasync(int fd) {
  return after_sync(fd, real_fdatasync(fd));
}

static void await_sync(const char *from, const char *to) {
  const char *old = name_in_disk(from), *new = to ? name_in_disk(to) : "";
  if (!old || !*old || !new) return;
  pthread_mutex_lock(&lock);
  if (waiting == MOST_PENDING) give_up("too many names wait for an fsync");
  strcpy(pending[waiting].from, old);
  strcpy(pending[waiting++].to, new);
  pthread_mutex_unlock(&lock);
}

int rename(const char *from, const char *to) {
  int result = real_rename(from, to);
  if (result == 0) await_sync(from, to);
  return result;
}

int unlink(const char *path) {
  int result = real_unlink(path);
  if (result == 0) await_sync(path, NULL);
  return result;
}
