/* What an attacker inside of a container would try. Prints, for each attack that is named: its name, then 0 where it
   succeeded, the errno with which it failed, or -N where signal N ended it. Each runs in a process of its own. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <grp.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/msg.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

/* 0 or errno, of a call that gives -1 when it fails */
static int result(long value) { return value == -1 ? errno : 0; }

static int create(const char *path) {
  int file = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0700);
  if (file == -1) return errno;
  return result(write(file, "attack", 6)) || result(unlink(path));
}

static int write_etc(void) { return create("/etc/attack"); }
static int write_usr(void) { return create("/usr/bin/attack"); }
static int write_application(void) { return create("/var/www/html/attack.php"); }
static int write_root(void) { return create("/attack"); }

static int replace_nginx(void) { return result(rename("/usr/sbin/nginx", "/usr/sbin/nginx.old")); }
static int append_passwd(void) { return result(open("/etc/passwd", O_WRONLY | O_APPEND)); }

static int copy_self(const char *path, mode_t mode) {
  static char buffer[1 << 16];
  ssize_t length;
  int from = open("/proc/self/exe", O_RDONLY);
  int to = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0700);
  if (from == -1 || to == -1) return errno;
  while ((length = read(from, buffer, sizeof buffer)) > 0)
    if (write(to, buffer, length) != length) return errno;
  if (fchmod(to, mode) == -1) return errno;
  close(to);
  return 0;
}

static int execute_tmp(void) {
  int failure = copy_self("/tmp/attack", 0700);
  if (failure) return failure;
  execl("/tmp/attack", "attack", "succeed", (char *)NULL);
  return errno;
}

static int fill_tmp(void) {
  static char block[1 << 20];
  int failure = 0, file = open("/tmp/full", O_CREAT | O_WRONLY, 0600);
  if (file == -1) return errno;
  for (int count = 0; count < 80 && !failure; count++) failure = result(write(file, block, sizeof block));
  unlink("/tmp/full");
  return failure;
}

static int found;
static int look(const char *path, const struct stat *status, int type, struct FTW *ftw) {
  (void)ftw;
  if (strncmp(path, "/proc", 5) == 0 || strncmp(path, "/sys", 4) == 0) return 0;
  if (type == FTW_F && S_ISREG(status->st_mode) &&
      ((status->st_mode & (S_ISUID | S_ISGID)) || getxattr(path, "security.capability", NULL, 0) > 0))
    found++;
  return 0;
}
static int find_setuid(void) {
  nftw("/", look, 64, FTW_PHYS | FTW_MOUNT);
  return found ? 0 : ENOENT;
}

/* /opt/setuid is this program, owned by root, setuid */
static int run_setuid(void) {
  execl("/opt/setuid", "setuid", "be-root", (char *)NULL);
  return errno;
}
static int be_root(void) { return geteuid() == 0 ? 0 : EPERM; }

static int become_root(void) { return result(setuid(0)); }
static int join_group(void) {
  gid_t root = 0;
  return result(setgroups(1, &root));
}

static int chown_root(void) {
  int file = open("/tmp/owned", O_CREAT | O_WRONLY, 0600);
  return file == -1 ? errno : result(fchown(file, 0, 0));
}

static int device(void) {
  unlink("/tmp/device");
  return result(mknod("/tmp/device", S_IFCHR | 0600, makedev(1, 3)));
}

static int change_root(void) { return result(chroot("/tmp")); }
static int new_mount(void) { return result(mount("tmpfs", "/tmp", "tmpfs", 0, "")); }
static int unmount(void) { return result(umount2("/dev/shm", MNT_DETACH)); }
static int new_user_namespace(void) { return result(unshare(CLONE_NEWUSER)); }
static int clone_user_namespace(void) {
  long child = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
  if (child == 0) _exit(0);
  return result(child);
}
static int clone3_namespace(void) {
  unsigned long long arguments[8] = {[0] = CLONE_NEWUSER, [4] = SIGCHLD};
  long child = syscall(SYS_clone3, arguments, sizeof arguments);
  if (child == 0) _exit(0);
  return result(child);
}
static int enter_namespace(void) {
  int file = open("/proc/self/ns/uts", O_RDONLY);
  return file == -1 ? errno : result(setns(file, CLONE_NEWUTS));
}
static int rename_host(void) { return result(sethostname("attack", 6)); }

static pid_t victim(void) {
  pid_t child = fork();
  if (child == 0) {
    pause();
    _exit(0);
  }
  return child;
}
static int trace(void) {
  pid_t child = victim();
  int failure = result(ptrace(PTRACE_ATTACH, child, 0, 0));
  kill(child, SIGKILL);
  return failure;
}
static char secret[] = "secret";
static int read_memory(void) {
  char copy[sizeof secret];
  struct iovec here = {copy, sizeof copy}, there = {secret, sizeof secret};
  pid_t child = victim();
  int failure = result(process_vm_readv(child, &here, 1, &there, 1, 0));
  kill(child, SIGKILL);
  return failure;
}

static int add_key(void) { return result(syscall(SYS_add_key, "user", "attack", "x", 1, -2)); }
static int ring(void) {
  char parameters[120] = {0};
  return result(syscall(SYS_io_uring_setup, 1, parameters));
}
static int program_kernel(void) {
  union bpf_attr attributes = {.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1};
  return result(syscall(SYS_bpf, BPF_MAP_CREATE, &attributes, sizeof attributes));
}
static int fault_handler(void) { return result(syscall(SYS_userfaultfd, 1)); }
static int count_events(void) {
  struct perf_event_attr attributes = {.type = PERF_TYPE_SOFTWARE, .size = sizeof attributes,
                                       .config = PERF_COUNT_SW_CPU_CLOCK};
  return result(syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0));
}
static int read_kernel_log(void) {
  char buffer[64];
  return result(klogctl(3, buffer, sizeof buffer));
}
static int no_randomization(void) { return result(personality(ADDR_NO_RANDOMIZE)); }
static int file_handle(void) {
  struct {
    struct file_handle head;
    char rest[MAX_HANDLE_SZ];
  } handle = {.head.handle_bytes = MAX_HANDLE_SZ};
  int mount_id;
  return result(name_to_handle_at(AT_FDCWD, "/dev/shm", &handle.head, &mount_id, 0));
}
static int attribute(void) {
  int file = open("/tmp/attribute", O_CREAT | O_WRONLY, 0600);
  return file == -1 ? errno : result(fsetxattr(file, "user.attack", "x", 1, 0));
}
static int message_queue(void) { return result(msgget(IPC_PRIVATE, 0600)); }
static int watch_files(void) { return result(inotify_init1(0)); }
static int kernel_setting(void) { return result(open("/proc/sys/kernel/core_pattern", O_WRONLY)); }
static int own_group(void) { return result(open("/sys/fs/cgroup/cgroup.procs", O_WRONLY)); }
static int dump_core(void) {
  struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
  return result(setrlimit(RLIMIT_CORE, &limit));
}

static int raw_socket(void) { return result(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP)); }
static int ping_socket(void) { return result(socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP)); }
static int packet_socket(void) { return result(socket(AF_PACKET, SOCK_RAW, 0)); }
static int vsock(void) { return result(socket(AF_VSOCK, SOCK_STREAM, 0)); }
static int crypto_socket(void) { return result(socket(AF_ALG, SOCK_SEQPACKET, 0)); }
static int bind_low(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(443)};
  return result(bind(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&address, sizeof address));
}

/* getpid(2) as 32-bit programs call it, which a filter of 64-bit calls does not see */
static int call_32_bit(void) {
#ifdef __x86_64__
  long value = 20;
  __asm__ volatile("int $0x80" : "+a"(value) : : "memory", "r8", "r9", "r10", "r11");
  if (value < 0) return (int)-value;
  return value == getpid() ? 0 : ENOSYS;
#else
  return ENOSYS;
#endif
}

static int fork_bomb(void) {
  int failure = 0, count = 0;
  pid_t children[600];
  while (count < 600 && !failure) {
    children[count] = fork();
    if (children[count] == 0) {
      pause();
      _exit(0);
    }
    failure = result(children[count]);
    count += !failure;
  }
  while (count-- > 0) kill(children[count], SIGKILL);
  while (wait(NULL) > 0)
    ;
  return failure;
}

static int succeed(void) { return 0; }

static const struct {
  const char *name;
  int (*run)(void);
} ATTACKS[] = {
    {"add-key", add_key},
    {"append-passwd", append_passwd},
    {"attribute", attribute},
    {"be-root", be_root},
    {"become-root", become_root},
    {"bind-low", bind_low},
    {"call-32-bit", call_32_bit},
    {"change-root", change_root},
    {"chown-root", chown_root},
    {"clone-user-namespace", clone_user_namespace},
    {"clone3-namespace", clone3_namespace},
    {"count-events", count_events},
    {"crypto-socket", crypto_socket},
    {"device", device},
    {"dump-core", dump_core},
    {"enter-namespace", enter_namespace},
    {"execute-tmp", execute_tmp},
    {"fault-handler", fault_handler},
    {"file-handle", file_handle},
    {"fill-tmp", fill_tmp},
    {"find-setuid", find_setuid},
    {"fork-bomb", fork_bomb},
    {"join-group", join_group},
    {"kernel-setting", kernel_setting},
    {"message-queue", message_queue},
    {"new-mount", new_mount},
    {"new-user-namespace", new_user_namespace},
    {"no-randomization", no_randomization},
    {"own-group", own_group},
    {"packet-socket", packet_socket},
    {"ping-socket", ping_socket},
    {"program-kernel", program_kernel},
    {"raw-socket", raw_socket},
    {"read-kernel-log", read_kernel_log},
    {"read-memory", read_memory},
    {"rename-host", rename_host},
    {"replace-nginx", replace_nginx},
    {"ring", ring},
    {"run-setuid", run_setuid},
    {"succeed", succeed},
    {"trace", trace},
    {"unmount", unmount},
    {"vsock", vsock},
    {"watch-files", watch_files},
    {"write-application", write_application},
    {"write-etc", write_etc},
    {"write-root", write_root},
    {"write-usr", write_usr},
};

static int run(const char *name) {
  for (size_t index = 0; index < sizeof ATTACKS / sizeof *ATTACKS; index++)
    if (strcmp(ATTACKS[index].name, name) == 0) return ATTACKS[index].run();
  return 254;
}

int main(int count, char **names) {
  /* As root, for the setuid program of run-setuid */
  if (count == 3 && strcmp(names[1], "make-setuid") == 0) return copy_self(names[2], 04755);
  /* What execute-tmp and run-setuid have started */
  if (count == 2 && (strcmp(names[1], "succeed") == 0 || strcmp(names[1], "be-root") == 0)) return run(names[1]);
  for (int index = 1; index < count; index++) {
    int status;
    pid_t child = fork();
    if (child == 0) _exit(run(names[index]));
    if (child == -1 || waitpid(child, &status, 0) == -1) return 1;
    printf("%s %d\n", names[index], WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status));
    fflush(stdout);
  }
  return 0;
}
