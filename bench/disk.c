/*
 * Preloaded into a process, this counts the times it asks the disk to keep something: a number in the file that
 * FSYNC_COUNT names, read by the bench. With FSYNC_PAUSE_US each of them takes so many microseconds longer, as on a disk
 * that is reached through a network. Linux and glibc on 64 bits, as tests/faults/power-cut.c.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static unsigned long *count;
static struct timespec longer;
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);

__attribute__((constructor)) static void begin(void) {
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  const char *pause = getenv("FSYNC_PAUSE_US");
  long microseconds = pause ? atol(pause) : 0;
  longer.tv_sec = microseconds / 1000000;
  longer.tv_nsec = microseconds % 1000000 * 1000;
  const char *path = getenv("FSYNC_COUNT");
  int fd = path ? open(path, O_RDWR | O_CREAT, 0600) : -1;
  if (fd < 0 || ftruncate(fd, sizeof *count) != 0) return;
  void *shared = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (shared != MAP_FAILED) count = shared;
  close(fd);
}

static void add(void) {
  if (count) __atomic_add_fetch(count, 1, __ATOMIC_RELAXED);
  if (longer.tv_sec || longer.tv_nsec) nanosleep(&longer, NULL);
}

int fsync(int fd) {
  add();
  return real_fsync(fd);
}

int fdatasync(int fd) {
  add();
  return real_fdatasync(fd);
}
