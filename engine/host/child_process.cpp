// Running a program under a time limit and collecting what it writes.
// SPDX-License-Identifier: Apache-2.0
#include "engine/host/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "engine/base/file.hpp"

namespace orrery::host {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t max_answer = 64 << 10, max_output = 16 << 10;

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }

 private:
  int number_ = -1;
};

struct Pipe {
  Descriptor read, write;

  static Pipe make() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return {};
    Pipe pipe{Descriptor(ends[0]), Descriptor(ends[1])};
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    // Out of the way of the numbers that the child's ends get.
    pipe.write = Descriptor(::fcntl(ends[1], F_DUPFD_CLOEXEC, child_answer_descriptor + 1));
    return pipe;
  }
};

/// Everything that posix_spawn wants to know.
class Spawn {
 public:
  Spawn(int answer, int output) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, output, STDERR_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, answer, child_answer_descriptor);
    posix_spawn_file_actions_addclosefrom_np(&actions_, child_answer_descriptor + 1);
    posix_spawnattr_init(&attributes_);
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  }
  Spawn(const Spawn&) = delete;
  Spawn& operator=(const Spawn&) = delete;
  ~Spawn() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }

  /// An errno value, or 0.
  int start(const std::filesystem::path& program, const std::vector<std::string>& arguments, pid_t& pid) {
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    return ::posix_spawn(&pid, program.c_str(), &actions_, &attributes_, argv.data(), environ);
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

class Child {
 public:
  Child(pid_t pid, Descriptor answer, Descriptor output)
      : pid_(pid),
        answer_(std::move(answer)),
        output_(std::move(output)),
        // Before Linux 5.3 there is none, and the end is found by asking.
        watch_(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))) {}

  ChildEnd wait(std::chrono::milliseconds limit) {
    const Clock::time_point deadline = Clock::now() + limit;
    bool ended = false;
    while (!ended && Clock::now() < deadline) {
      ended = wait_for_news(deadline);
      read_all();
    }
    return reap(!ended);
  }

 private:
  bool has_ended() const {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == pid_;
  }

  bool wait_for_news(Clock::time_point deadline) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    const auto pause = watch_.is_open() ? left : std::min<long>(left, 2);
    // Descriptors below zero are left out by poll.
    std::array<pollfd, 3> all{pollfd{watch_.number(), POLLIN, 0}, pollfd{answer_.number(), POLLIN, 0},
                              pollfd{output_.number(), POLLIN, 0}};
    ::poll(all.data(), all.size(), static_cast<int>(std::max<long>(pause, 0)));
    return has_ended();
  }

  void read_all() {
    read_from(answer_, end_.answer, max_answer);
    read_from(output_, end_.output, max_output);
  }

  static void read_from(Descriptor& from, std::string& text, std::size_t limit) {
    std::array<char, 4096> buffer;
    ssize_t got = 0;
    // Not for ever: a child that writes without end must not hold up the clock.
    for (int i = 0; i < 64 && (got = ::read(from.number(), buffer.data(), buffer.size())) > 0; ++i) {
      text.append(buffer.data(), static_cast<std::size_t>(got));
      if (text.size() > limit) text.erase(0, text.size() - limit);
    }
    if (got == 0) from.close();
  }

  ChildEnd reap(bool timed_out) {
    // The group first: as long as its leader is not waited for, nobody else can have this number.
    ::kill(-pid_, SIGKILL);
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    read_all();
    using Kind = ChildEnd::Kind;
    const bool killed = WIFSIGNALED(status);
    end_.kind = timed_out ? Kind::timed_out : killed ? Kind::killed_by_signal : Kind::exited;
    end_.code = killed ? WTERMSIG(status) : WEXITSTATUS(status);
    return std::move(end_);
  }

  pid_t pid_;
  Descriptor answer_, output_, watch_;
  ChildEnd end_;
};

base::Error cannot_start(const std::filesystem::path& program, int problem) {
  return {base::ErrorCode::internal,
          "cannot start '" + program.string() + "' to look at it: " + base::system_message(problem)};
}

}  // namespace

base::Result<ChildEnd> run_child(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                                 std::chrono::milliseconds limit) {
  Pipe answer = Pipe::make(), output = Pipe::make();
  if (!answer.write.is_open() || !output.write.is_open()) return cannot_start(program, errno);
  pid_t pid = 0;
  if (const int problem = Spawn(answer.write.number(), output.write.number()).start(program, arguments, pid))
    return cannot_start(program, problem);
  answer.write.close();
  output.write.close();
  return Child(pid, std::move(answer.read), std::move(output.read)).wait(limit);
}

std::string signal_name(int signal) {
  const char* name = ::sigabbrev_np(signal);
  return name ? std::string("SIG") + name : "signal " + std::to_string(signal);
}

}  // namespace orrery::host
